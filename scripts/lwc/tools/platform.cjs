// What the platform gives to components, read from the package itself: its labels in English, and a mock of each Apex
// method that components may call. A component that names another one finds nothing, as it would in an org.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '..', '..', '..', 'force-app', 'main', 'default');

const labels = readFileSync(join(source, 'labels', 'CustomLabels.labels-meta.xml'), 'utf8');
for (const [, name, value] of labels.matchAll(/<fullName>(\w+)<\/fullName>[^]*?<value>([^]*?)<\/value>/g)) {
  provide(`@salesforce/label/c.${name}`, decode(value));
}

for (const path of readdirSync(join(source, 'classes'), { recursive: true })) {
  const [, className] = /(\w+)\.cls$/.exec(path) ?? [];
  if (className === undefined) continue;
  const code = readFileSync(join(source, 'classes', path), 'utf8');
  for (const [, method] of code.matchAll(/@AuraEnabled(?:\([^)]*\))?\s+public static [\w<>, ]+ (\w+)\(/g)) {
    provide(`@salesforce/apex/${className}.${method}`, jest.fn());
  }
}

function provide(name, value) {
  jest.mock(name, () => ({ __esModule: true, default: value }), { virtual: true });
}

function decode(text) {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
