import 'expect';

declare module 'expect' {
  // The parameters are those of the interface that this adds to.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** From @sa11y/jest: axe finds nothing that keeps people from using it. */
    toBeAccessible(): Promise<R>;
  }
}
