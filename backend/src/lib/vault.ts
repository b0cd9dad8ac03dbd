import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key that encrypts data keys. It comes from the environment and is never stored. */
export interface MasterKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Where a secret stands. A secret opens at this place and nowhere else. */
export interface SecretRef {
  readonly connectionId: string;
  readonly column: string;
}

/** A tenant's data key as it is stored. Versions count from 1; the highest one seals. */
export interface WrappedDataKey {
  readonly version: number;
  readonly masterKeyId: string;
  readonly wrapped: Buffer;
}

/** Where wrapped data keys and check values live. */
export interface KeyStore {
  dataKeys(tenantId: string): Promise<readonly WrappedDataKey[]>;
  /** Adds a first key unless there is one by now; answers what is stored then. */
  addDataKey(tenantId: string, key: WrappedDataKey): Promise<readonly WrappedDataKey[]>;
  replaceDataKeys(tenantId: string, keys: readonly WrappedDataKey[]): Promise<void>;
  /** Ids of tenants that have a data key under another master key than this one, at most so many. */
  tenantsUnderOtherMasterKeys(masterKeyId: string, limit: number): Promise<readonly string[]>;
  masterKeysInUse(): Promise<readonly string[]>;
  /** Stores the check value of a master key unless it has one by now; answers the stored one. */
  checkValue(masterKeyId: string, first: Buffer): Promise<Buffer>;
}

/** A secret could not be opened, or a key is not the right one. Says where, never what. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** One tenant's secrets, while its data keys are at hand. */
export interface TenantVault {
  seal(ref: SecretRef, plaintext: string): Buffer;
  /** @throws VaultError when it was changed, or sealed for another place, tenant or key */
  open(ref: SecretRef, sealed: Buffer): string;
}

/** Tenants whose unwrapped keys are held in memory. */
const CACHED_TENANTS = 1000;
const REWRAP_BATCH = 100;
const CHECK_TEXT = 'syncline master key';

/**
 * Envelope encryption (AES-256-GCM throughout): a random data key for each tenant, wrapped by a master key. What a
 * secret is sealed for - tenant, connection, column, key version - is authenticated with it, so that a ciphertext
 * moved to another place does not open.
 */
export class Vault {
  readonly #current: MasterKey;
  readonly #masters: ReadonlyMap<string, MasterKey>;
  readonly #store: KeyStore;
  readonly #cache = new Map<string, ReadonlyMap<number, Buffer>>();

  /** @param masters the first one wraps; the others open what they wrapped before */
  constructor(masters: readonly [MasterKey, ...MasterKey[]], store: KeyStore) {
    this.#current = masters[0];
    this.#masters = new Map(masters.map((master) => [master.id, master]));
    this.#store = store;
  }

  /**
   * Checks at start that every master key is the one it was, and that none is missing.
   * @throws VaultError which must end the process
   */
  async verify(): Promise<void> {
    for (const { id, key } of this.#masters.values()) {
      const stored = await this.#store.checkValue(id, encrypt(key, CHECK_TEXT, checkContext(id)));
      if (decrypt(key, stored, checkContext(id))?.toString() !== CHECK_TEXT) {
        throw new VaultError(
          `The master key "${id}" is not the one that the stored secrets were sealed with.`,
        );
      }
    }
    const missing = (await this.#store.masterKeysInUse()).filter((id) => !this.#masters.has(id));
    if (missing.length > 0) {
      throw new VaultError(
        `Stored secrets need the master key ${quoted(missing)}, which MASTER_KEY does not hold.`,
      );
    }
  }

  /** The tenant's keys, ready to seal and open; makes its first one. Not to be called inside a transaction. */
  async unlock(tenantId: string): Promise<TenantVault> {
    const keys = await this.#dataKeys(tenantId);
    const [newest, sealingKey] = newestOf(keys);
    const header = Buffer.alloc(VERSION_BYTES);
    header.writeUInt32BE(newest);
    return {
      seal: (ref, plaintext) =>
        Buffer.concat([header, encrypt(sealingKey, plaintext, context(tenantId, ref, newest))]),
      open: (ref, sealed) => {
        const version = sealed.length < VERSION_BYTES ? 0 : sealed.readUInt32BE();
        const opened = decrypt(
          keys.get(version),
          sealed.subarray(VERSION_BYTES),
          context(tenantId, ref, version),
        );
        if (!opened)
          throw new VaultError(`The secret ${ref.column} of connection ${ref.connectionId} does not open.`);
        return opened.toString('utf8');
      },
    };
  }

  async seal(tenantId: string, ref: SecretRef, plaintext: string): Promise<Buffer> {
    return (await this.unlock(tenantId)).seal(ref, plaintext);
  }

  /** @throws VaultError when it was changed, or sealed for another place, tenant or key */
  async open(tenantId: string, ref: SecretRef, sealed: Buffer): Promise<string> {
    return (await this.unlock(tenantId)).open(ref, sealed);
  }

  /** Wraps every data key under the current master key, so that older master keys can be removed. Answers how many tenants it was. */
  async rewrap(): Promise<number> {
    for (let done = 0; ;) {
      const tenants = await this.#store.tenantsUnderOtherMasterKeys(this.#current.id, REWRAP_BATCH);
      if (tenants.length === 0) return done;
      for (const tenantId of tenants) {
        const keys = await this.#store.dataKeys(tenantId);
        await this.#store.replaceDataKeys(
          tenantId,
          keys.map((key) => this.#wrap(tenantId, key.version, this.#unwrap(tenantId, key))),
        );
      }
      done += tenants.length;
    }
  }

  async #dataKeys(tenantId: string): Promise<ReadonlyMap<number, Buffer>> {
    const cached = this.#cache.get(tenantId);
    if (cached) return cached;
    let wrapped = await this.#store.dataKeys(tenantId);
    if (wrapped.length === 0) {
      wrapped = await this.#store.addDataKey(tenantId, this.#wrap(tenantId, 1, randomBytes(32)));
    }
    const keys = new Map(wrapped.map((key) => [key.version, this.#unwrap(tenantId, key)]));
    const [oldest] = this.#cache.keys();
    if (oldest !== undefined && this.#cache.size >= CACHED_TENANTS) this.#cache.delete(oldest);
    this.#cache.set(tenantId, keys);
    return keys;
  }

  #wrap(tenantId: string, version: number, key: Buffer): WrappedDataKey {
    const { id, key: master } = this.#current;
    return { version, masterKeyId: id, wrapped: encrypt(master, key, keyContext(tenantId, version, id)) };
  }

  #unwrap(tenantId: string, { version, masterKeyId, wrapped }: WrappedDataKey): Buffer {
    const master = this.#masters.get(masterKeyId);
    if (!master) throw new VaultError(`The master key "${masterKeyId}" is missing.`);
    const key = decrypt(master.key, wrapped, keyContext(tenantId, version, masterKeyId));
    if (!key) throw new VaultError(`The data key of tenant ${tenantId} does not open.`);
    return key;
  }
}

const VERSION_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, tag, ciphertext. */
function encrypt(key: Buffer, plaintext: string | Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/** Undefined for everything that is not exactly what was encrypted with this key for this context. */
function decrypt(key: Buffer | undefined, sealed: Buffer, aad: Buffer): Buffer | undefined {
  if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function newestOf(keys: ReadonlyMap<number, Buffer>): [number, Buffer] {
  const [newest] = [...keys].sort(([a], [b]) => b - a);
  if (!newest) throw new VaultError('The tenant has no data key.');
  return newest;
}

/** JSON delimits the parts, so that no two places have the same context. */
function authenticated(...parts: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(parts));
}

function context(tenantId: string, { connectionId, column }: SecretRef, version: number): Buffer {
  return authenticated('secret', tenantId, connectionId, column, version);
}

function keyContext(tenantId: string, version: number, masterKeyId: string): Buffer {
  return authenticated('data key', tenantId, version, masterKeyId);
}

function checkContext(masterKeyId: string): Buffer {
  return authenticated('check', masterKeyId);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
