/**
 * Whether the test that ran last failed, to be asked in `afterEach`. jest tells hooks nothing of it, so its runner's
 * own state (jest-circus) is read; where that looks otherwise one day, every test counts as passed.
 */
export function hasTestFailed(): boolean {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  if (!symbol) return false;
  const state: unknown = Reflect.get(globalThis, symbol);
  const test = property(state, 'currentlyRunningTest');
  const errors = property(test, 'errors');
  return Array.isArray(errors) && errors.length > 0;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
