import type { Config } from 'jest';

/** The backend's and the sandbox's tests: native ES modules, TypeScript stripped by swc, no mocks of our own code. */
const config: Config = {
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/backend/test/**/*.test.ts',
    '<rootDir>/sandbox/test/**/*.test.ts',
    '<rootDir>/scripts/test/**/*.test.ts',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  testTimeout: 180_000,
  // One more than there are cores at the least: tests also wait, for a browser, a lease or PostgreSQL.
  maxWorkers: 3,
  testSequencer: '<rootDir>/scripts/testing/longest-first.mjs',
  globalSetup: '<rootDir>/scripts/testing/global-setup.ts',
  globalTeardown: '<rootDir>/scripts/testing/global-teardown.ts',
};

export default config;
