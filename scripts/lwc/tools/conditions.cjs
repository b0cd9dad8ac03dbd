// What holds in every test: `expect(element).toBeAccessible()`, a document as empty as before, and no complaint of
// LWC about a component.
const { setup } = require('@sa11y/jest');

setup();
afterEach(() => document.body.replaceChildren());

for (const level of ['error', 'warn']) {
  console[level] = (complaint) => {
    throw complaint instanceof Error ? complaint : new Error(String(complaint));
  };
}
