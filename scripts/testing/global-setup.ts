import { DatabaseDoor } from './database-door.ts';

declare global {
  var databaseDoor: DatabaseDoor | undefined;
}

/** Before a test run: lets tests reach a PostgreSQL, that of `TEST_DATABASE_URL` or one of the run's own. */
export default async function setup(): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  globalThis.databaseDoor = new DatabaseDoor();
  process.env['TEST_DATABASE_DOOR'] = await globalThis.databaseDoor.open();
}
