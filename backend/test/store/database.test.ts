import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/store/database.ts';
import { assertSchemaVersion, migrate, SchemaVersionError } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';

const { database, url, schema, asOwner } = await createTestDatabase();

const a = randomUUID();
const b = randomUUID();

beforeAll(async () => {
  await asOwner(
    'CREATE TABLE note (tenant_id uuid NOT NULL DEFAULT current_tenant(), id int, text text, PRIMARY KEY (tenant_id, id))',
  );
  await asOwner("SELECT guard_tenant_table('note')");
});

const add = (tenant: string, id: number, text: string) =>
  database.withTenant(tenant, (tx) => tx.query('INSERT INTO note (id, text) VALUES ($1, $2)', [id, text]));
const texts = (tenant: string) =>
  database.withTenant(tenant, async (tx) =>
    (await tx.query<{ text: string }>('SELECT text FROM note')).rows.map(({ text }) => text),
  );

describe('a tenant', () => {
  test('sees its own rows alone', async () => {
    await add(a, 1, 'of a');
    await add(b, 1, 'of b');
    expect(await texts(a)).toEqual(['of a']);
    expect(await texts(b)).toEqual(['of b']);
  });

  test('cannot write a row of another', async () => {
    const foreign = database.withTenant(a, (tx) =>
      tx.query('INSERT INTO note (tenant_id, id, text) VALUES ($1, 7, $2)', [b, 'forged']),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
    const moved = database.withTenant(a, (tx) => tx.query('UPDATE note SET tenant_id = $1', [b]));
    await expect(moved).rejects.toThrow(/row-level security/);
  });

  test('is named by a UUID and nothing else', async () => {
    await expect(texts("'; DROP TABLE note; --")).rejects.toThrow('A tenant id is a UUID.');
  });
});

test('outside of a tenant nothing is seen, even after a transaction of one on the same connection', async () => {
  const single = new Database({ url, schema, max: 1 });
  await single.withTenant(a, (tx) => tx.query("INSERT INTO note (id, text) VALUES (2, 'more')"));
  const { rows } = await single.system((tx) => tx.query('SELECT * FROM note'));
  expect(rows).toEqual([]);
  await single.close();
});

test('one tenant after the other is asked by the same prepared statement, and answered with its own rows', async () => {
  const single = new Database({ url, schema, max: 1 });
  await Promise.all([add(a, 11, 'a has'), add(b, 11, 'b has')]);
  const answers: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const { rows } = await single.withTenant(turn % 2 === 0 ? a : b, (tx) =>
      tx.query<{ text: string }>('SELECT text FROM note WHERE id = $1', [11]),
    );
    answers.push(rows.map(({ text }) => text).join());
  }
  const { rows: prepared } = await single.system((tx) =>
    tx.query<{ times: number }>(
      "SELECT generic_plans + custom_plans AS times FROM pg_prepared_statements WHERE statement LIKE '%FROM note%'",
    ),
  );
  expect(answers).toEqual(Array.from({ length: 6 }, () => ['a has', 'b has']).flat());
  expect(prepared).toEqual([{ times: 12 }]);
  await single.close();
});

test('a migration that changes what a prepared statement answers costs one transaction of the connection', async () => {
  const single = new Database({ url, schema, max: 1 });
  const read = () =>
    single.withTenant(a, async (tx) => (await tx.query('SELECT * FROM note WHERE id = $1', [1])).rows);
  await read();
  await asOwner('ALTER TABLE note ADD COLUMN mood text');
  await expect(read()).rejects.toThrow(/cached plan/);
  expect(await read()).toEqual([expect.objectContaining({ text: 'of a', mood: null })]);
  await single.close();
});

test('a transaction that throws leaves nothing behind', async () => {
  const failing = database.withTenant(a, async (tx) => {
    await tx.query("INSERT INTO note (id, text) VALUES (3, 'half')");
    throw new Error('stop here');
  });
  await expect(failing).rejects.toThrow('stop here');
  expect(await texts(a)).not.toContain('half');
});

test('the service is neither owner nor superuser, and cannot get back to either', async () => {
  const { rows } = await database.system((tx) =>
    tx.query<{ role: string; can: boolean }>(
      'SELECT current_user AS role, bool_or(rolsuper OR rolbypassrls) AS can FROM pg_roles WHERE rolname = current_user GROUP BY 1',
    ),
  );
  expect(rows).toEqual([{ role: 'syncline_app', can: false }]);
  await database.system(async (tx) => {
    await tx.query('RESET ROLE');
    const after = await tx.query<{ role: string }>('SELECT current_user AS role');
    expect(after.rows[0]?.role).toBe('syncline_app');
  });
});

test('a connection that does not become the service’s role is refused', async () => {
  const swallowed = new Database({ url: `${url}?options=-c%20search_path%3D${schema}`, schema });
  await expect(swallowed.system((tx) => tx.query('SELECT 1'))).rejects.toThrow(/not as syncline_app/);
  await swallowed.close();
});

describe('every table of the schema', () => {
  test('with a tenant_id leads its primary key with it and forces the tenant policy for everyone', async () => {
    const unguarded = await asOwner(
      `SELECT c.relname
         FROM pg_class c
         JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
        WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT (
            c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indkey[0] = t.attnum)
            AND (SELECT array_agg(pg_get_expr(polqual, polrelid)) FROM pg_policy
                  WHERE polrelid = c.oid AND (polroles = '{0}' OR 'syncline_app'::regrole = ANY (polroles)))
              = ARRAY[$2]
          )`,
      [
        schema,
        "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid AS \"nullif\"))",
      ],
    );
    expect(unguarded).toEqual([]);
  });

  test('without a tenant_id is one that is known to hold nothing of a tenant', async () => {
    const shared = await asOwner<{ name: string }>(
      `SELECT relname AS name FROM pg_class c
        WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p', 'm')
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id')
        ORDER BY 1`,
      [schema],
    );
    expect(shared.map(({ name }) => name)).toEqual(['master_key', 'schema_version']);
  });
});

describe('migrations', () => {
  test('do nothing the second time', async () => {
    expect(await migrate({ url, schema })).toEqual([]);
    await expect(assertSchemaVersion(database)).resolves.toBeUndefined();
  });

  test('run once when several processes start them together', async () => {
    const fresh = `${schema}_together`;
    const applied = await Promise.all([1, 2, 3].map(() => migrate({ url, schema: fresh })));
    await asOwner(`DROP SCHEMA ${fresh} CASCADE`);
    expect(applied.filter((versions) => versions.length > 0)).toHaveLength(1);
  });

  test('of an older code refuse a newer schema', async () => {
    await asOwner("INSERT INTO schema_version (version, name) VALUES (9999, 'from the future')");
    await expect(migrate({ url, schema })).rejects.toThrow(SchemaVersionError);
    await expect(assertSchemaVersion(database)).rejects.toThrow(/Deploy the newer code/);
    await asOwner('DELETE FROM schema_version WHERE version = 9999');
  });

  test('that are missing stop the service with the command to run', async () => {
    const empty = new Database({ url, schema: `${schema}_empty` });
    await expect(assertSchemaVersion(empty)).rejects.toThrow(/npm run migrate/);
    await empty.close();
  });
});
