import './global-setup.ts';

/** After a test run: stops the run's own PostgreSQL. */
export default async function teardown(): Promise<void> {
  await globalThis.databaseDoor?.close();
}
