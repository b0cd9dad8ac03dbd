#!/usr/bin/env node
// Runs a tool of this folder on the package's Lightning web components, installing the tools on first use.
// Usage: node scripts/lwc/tools/run.mjs test|slds ARGUMENTS...
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installOnce } from '../../install-once.mjs';

const folder = import.meta.dirname;
const components = 'force-app/main/default/lwc';
const tools = {
  test: ['jest/bin/jest.js', '--config', join(folder, 'jest.config.cjs')],
  slds: ['@salesforce-ux/slds-linter/build/index.js', 'lint', components],
};

const [name = '', ...rest] = process.argv.slice(2);
const tool = tools[name];
if (tool === undefined) {
  console.error(`Usage: node scripts/lwc/tools/run.mjs ${Object.keys(tools).join('|')} ARGUMENTS...`);
  process.exit(2);
}
installOnce(folder, 'the tools for Lightning web components (first use, about a minute)');
const [entry, ...args] = tool;
const child = spawn(process.execPath, [join(folder, 'node_modules', entry), ...args, ...rest], {
  cwd: join(folder, '..', '..', '..'),
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
