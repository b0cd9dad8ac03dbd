// Gives tests `expect(element).toBeAccessible()`, and a document that is as empty as before the test.
const { setup } = require('@sa11y/jest');

setup();
afterEach(() => document.body.replaceChildren());
