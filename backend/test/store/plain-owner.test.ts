import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { claimOrg, insertTenant, purgeUnproven, readTenant } from '../../src/store/tenants.ts';
import { authenticateToken, issueToken } from '../../src/store/tokens.ts';
import { insertSetupSession } from '../../src/store/setup-sessions.ts';
import { createTestDatabase } from '../support/database.ts';

const { asOwner, atEnd, url: superuserUrl } = await createTestDatabase();
const name = `owner_${randomBytes(4).toString('hex')}`;
const schema = `test_${name}`;
const url = new URL(superuserUrl);
url.username = name;
url.password = 'secret';
let database: Database;

/** As on a managed PostgreSQL: whoever owns the tables is no superuser, and forced row-level security binds it too. */
beforeAll(async () => {
  await asOwner(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' NOSUPERUSER NOCREATEROLE`);
  await asOwner(`GRANT syncline_app TO ${name}`);
  await asOwner(`GRANT CREATE ON DATABASE postgres TO ${name}`);
  await migrate({ url: url.href, schema });
  database = new Database({ url: url.href, schema });
});
atEnd(async () => {
  await database.close();
  await asOwner(`DROP OWNED BY ${name} CASCADE`);
  await asOwner(`DROP ROLE ${name}`);
});

test('the look-ups that cross tenants work, and nothing else does', async () => {
  const id = randomUUID();
  const orgId = '00D000000000001EAA';
  const token = await database.withTenant(id, async (tx) => {
    await insertTenant(tx, { id, orgId, instanceUrl: 'https://acme.my.salesforce.com' });
    const issued = await issueToken(tx);
    await insertSetupSession(tx, {
      tokenId: issued.id,
      instanceUrl: 'https://acme.my.salesforce.com',
      packageVersion: null,
      userId: null,
      adminEmail: null,
      expiresAt: new Date(Date.now() + 60_000),
    });
    return issued.token;
  });
  expect(await authenticateToken(database, token)).toMatchObject({ id, state: 'pending' });
  expect(await database.withTenant(id, (tx) => claimOrg(tx, orgId))).toBe(id);
  await database.system((tx) => purgeUnproven(tx, 0));
  expect(await database.withTenant(id, readTenant)).toMatchObject({ state: 'active' });
  expect(await database.system(readTenant)).toBeUndefined();
  expect(await database.withTenant(randomUUID(), readTenant)).toBeUndefined();
});

test('forgetting a tenant reaches everything that hangs on it', async () => {
  const id = randomUUID();
  await database.withTenant(id, async (tx) => {
    await insertTenant(tx, { id, orgId: '00D000000000002EAA', instanceUrl: 'https://b.my.salesforce.com' });
    await issueToken(tx);
  });
  await database.system((tx) => purgeUnproven(tx, -1));
  const left = await database.withTenant(id, (tx) => tx.query('SELECT FROM org_token'));
  expect(left.rowCount).toBe(0);
});
