import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Vault, VaultError, type MasterKey } from '../../src/lib/vault.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import { insertTenant } from '../../src/store/tenants.ts';
import { createTestDatabase } from '../support/database.ts';

const { database, asOwner } = await createTestDatabase();
const store = createKeyStore(database);
const master = (id: string): MasterKey => ({ id, key: randomBytes(32) });
const first = master('first');
const vault = new Vault([first], store);

async function newTenant(): Promise<string> {
  const id = randomUUID();
  await database.withTenant(id, (tx) =>
    insertTenant(tx, { id, orgId: '00D000000000001EAA', instanceUrl: 'https://x.my.salesforce.com' }),
  );
  return id;
}

const ref = { connectionId: randomUUID(), column: 'api_key' };
const a = await newTenant();
const b = await newTenant();
const sealedOfA = await vault.seal(a, ref, 'never shown');

describe('a sealed secret', () => {
  test('opens where it was sealed, and holds nothing of the text', async () => {
    const sealed = await vault.seal(a, ref, 'the secret – ключ');
    expect(await vault.open(a, ref, sealed)).toBe('the secret – ключ');
    expect(sealed.includes('secret')).toBe(false);
  });

  test('looks different every time', async () => {
    const [one, two] = [await vault.seal(a, ref, 'same'), await vault.seal(a, ref, 'same')];
    expect(one.equals(two)).toBe(false);
  });

  test.each([
    ['in another column', () => vault.open(a, { ...ref, column: 'password' }, sealedOfA)],
    ['of another connection', () => vault.open(a, { ...ref, connectionId: randomUUID() }, sealedOfA)],
    ['of another tenant', () => vault.open(b, ref, sealedOfA)],
    ['under another key version', () => vault.open(a, ref, changed(sealedOfA, 3))],
    ['with a changed nonce', () => vault.open(a, ref, changed(sealedOfA, 5))],
    ['with a changed tag', () => vault.open(a, ref, changed(sealedOfA, 20))],
    ['with a changed text', () => vault.open(a, ref, changed(sealedOfA, sealedOfA.length - 1))],
    ['cut short', () => vault.open(a, ref, sealedOfA.subarray(0, 10))],
  ])('does not open %s', async (_name, open) => {
    const failure = open();
    await expect(failure).rejects.toThrow(VaultError);
    await expect(failure).rejects.not.toThrow(/never shown/);
  });
});

function changed(sealed: Buffer, position: number): Buffer {
  const copy = Buffer.from(sealed);
  copy.writeUInt8(copy.readUInt8(position) ^ 1, position);
  return copy;
}

test('two processes that meet a new tenant together agree on its key', async () => {
  const tenant = await newTenant();
  const other = new Vault([first], store);
  const [one, two] = await Promise.all([vault.seal(tenant, ref, 'one'), other.seal(tenant, ref, 'two')]);
  expect(await other.open(tenant, ref, one)).toBe('one');
  expect(await vault.open(tenant, ref, two)).toBe('two');
});

describe('at start', () => {
  test('a key of the same name but other bytes is refused', async () => {
    await vault.verify();
    const impostor = new Vault([{ id: 'first', key: randomBytes(32) }], store);
    await expect(impostor.verify()).rejects.toThrow(/"first" is not the one/);
  });

  test('a key that stored secrets need must not be missing', async () => {
    const without = new Vault([master('second')], store);
    await expect(without.verify()).rejects.toThrow(/need the master key "first"/);
  });
});

test('after a rotation of the master key the older one is not needed, and everything still opens', async () => {
  const next = master('next');
  const both = new Vault([next, first], store);
  await both.verify();
  expect(await both.rewrap()).toBeGreaterThan(1);
  expect(await both.rewrap()).toBe(0);
  const alone = new Vault([next], store);
  await alone.verify();
  expect(await alone.open(a, ref, sealedOfA)).toBe('never shown');
});

test('a data key moved to another tenant opens nothing there', async () => {
  const tenant = await newTenant();
  await asOwner(
    'INSERT INTO data_key SELECT $1, version, master_key_id, wrapped FROM data_key WHERE tenant_id = $2',
    [tenant, b],
  );
  const keys = await store.masterKeysInUse();
  expect(keys).toEqual(['next']);
  await expect(vault.open(tenant, ref, sealedOfA)).rejects.toThrow(VaultError);
});
