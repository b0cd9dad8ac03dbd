// Tests of the Lightning web components. Jest runs in the repository's root, where sfdx-project.json is.
const { join } = require('node:path');
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

const components = 'force-app/main/default/lwc';

module.exports = {
  ...jestConfig,
  rootDir: join(__dirname, '..', '..', '..'),
  roots: [`<rootDir>/${components}`],
  testMatch: ['**/__tests__/**/*.test.ts'],
  // Modules of CSS alone, which others import.
  moduleFileExtensions: [...jestConfig.moduleFileExtensions, 'css'],
  moduleNameMapper: { '^(testing|samples)$': join(__dirname, '..', '$1.ts') },
  setupFiles: [join(__dirname, 'platform.cjs')],
  setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, join(__dirname, 'conditions.cjs')],
  collectCoverageFrom: [`${components}/**/*.ts`, '!**/__tests__/**'],
  resetMocks: true,
};
