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
  maxWorkers: 2,
  globalSetup: '<rootDir>/scripts/testing/global-setup.ts',
  globalTeardown: '<rootDir>/scripts/testing/global-teardown.ts',
};

export default config;
