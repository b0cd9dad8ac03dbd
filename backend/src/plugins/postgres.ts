import fp from 'fastify-plugin';
import { Database } from '../store/database.ts';
import { assertSchemaVersion } from '../store/migrate.ts';

declare module 'fastify' {
  interface FastifyInstance {
    database: Database;
  }
}

/** The service's PostgreSQL, closed with it. Does not start on a schema of another version. */
export default fp(
  async (app) => {
    const { url, schema, connections } = app.config.database;
    const database = new Database({ url, schema, max: connections });
    app.decorate('database', database);
    app.addHook('onClose', () => database.close());
    await assertSchemaVersion(database);
  },
  { name: 'postgres' },
);
