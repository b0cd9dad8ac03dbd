import type { PlatformField, PlatformValue } from '../../sync/types.ts';
import { Outcomes } from '../../lib/outcomes.ts';
import { isSyncError } from '../../lib/errors.ts';
import { sentence } from '../../words/told.ts';
import type { AccountWrite, PlatformAccount, WriteOutcome } from '../connector.ts';
import { fromVendor, readAccountFields, toVendor, type AccountField } from './account-fields.ts';
import type { ActiveCampaignClient } from './client.ts';
import { failedItem } from './access.ts';
import { createOnce } from './creating.ts';
import { failed } from './errors.ts';
import { manifest } from './manifest.ts';
import { accountDataPage, accountPage, savedAccount } from './schemas.ts';

type CustomValues = Map<string, Record<string, PlatformValue>>;

const STANDARD_FIELDS: readonly PlatformField[] = [
  { key: 'name', label: 'Account name', type: 'text', options: [], custom: false },
  { key: 'accountUrl', label: 'Account URL', type: 'text', options: [], custom: false },
];

/** Accounts of the platform's CRM. Their names are unique, whatever the letter case (API reference, "Accounts"). */
export class Accounts {
  readonly #client: ActiveCampaignClient;
  readonly #ids = new Map<string, Promise<string>>();
  #custom: CustomValues | undefined;

  constructor(client: ActiveCampaignClient) {
    this.#client = client;
  }

  async describe(): Promise<PlatformField[]> {
    const custom = await readAccountFields(this.#client);
    return [
      ...STANDARD_FIELDS,
      ...custom.map(({ key, label, type, options }) => ({ key, label, type, options, custom: true })),
    ];
  }

  /** @param after the offset where the page begins, as the page before told it */
  async read(after: string | null): Promise<{ records: PlatformAccount[]; next: string | null }> {
    const { readPage } = manifest.limits;
    const offset = Number(after ?? 0);
    const query = [
      ['limit', String(readPage)],
      ['offset', String(offset)],
    ] as const;
    const page = await this.#client.get('/accounts', query, accountPage);
    if (after === null || this.#custom === undefined) this.#custom = await this.#readCustomValues();
    const custom = this.#custom;
    const isLast = page.accounts.length < readPage || offset + readPage >= page.meta.total;
    if (isLast) this.#custom = undefined;
    return {
      records: page.accounts.map(({ id, name, accountUrl, updatedTimestamp }) => ({
        id,
        name,
        stamp: stampOf(updatedTimestamp, this.#client.clock.now()),
        values: { ...custom.get(id), name, accountUrl },
      })),
      next: isLast ? null : String(offset + readPage),
    };
  }

  /** One outcome for each. @throws SyncError when the connection failed before anything was written */
  async write(writes: readonly AccountWrite[]): Promise<WriteOutcome[]> {
    const outcomes = new Outcomes<WriteOutcome>(writes.length, ({ kind }) => kind === 'written');
    let end: unknown;
    try {
      const needsFields = writes.some(({ values }) =>
        Object.keys(values).some((key) => key.startsWith('field:')),
      );
      const fields = needsFields ? await readAccountFields(this.#client) : [];
      const byKey = new Map(fields.map((field) => [field.key, field]));
      for (const [index, write] of writes.entries())
        outcomes.settle(index, await this.#writeOne(write, byKey));
    } catch (error) {
      if (!isSyncError(error) || !outcomes.written) throw error;
      end = error;
    }
    return outcomes.complete((index) => {
      const ref = writes[index]?.ref ?? '';
      return isSyncError(end)
        ? failed(ref, end.code, end.told)
        : failed(ref, 'SYNC_PLATFORM_ANSWER_UNEXPECTED', '');
    });
  }

  /** The account of that name, made if there is none. Remembered until `forget`. */
  idOf(name: string): Promise<string> {
    const key = name.toLowerCase();
    const known = this.#ids.get(key);
    if (known) return known;
    const id = this.#findOrCreate({ name }).then((account) => account.id);
    this.#ids.set(key, id);
    id.catch(() => this.#ids.delete(key));
    return id;
  }

  forget(name: string): void {
    this.#ids.delete(name.toLowerCase());
  }

  async #writeOne(write: AccountWrite, fields: ReadonlyMap<string, AccountField>): Promise<WriteOutcome> {
    const { ref } = write;
    const unknown = Object.keys(write.values).find(
      (key) => !fields.has(key) && key !== 'accountUrl' && key !== 'name',
    );
    if (unknown !== undefined)
      return failed(
        ref,
        'SYNC_PLATFORM_FIELD_UNKNOWN',
        sentence('There is no account field {field}.', { field: unknown }),
      );
    const account = contentOf(write, fields);
    try {
      if (write.id !== null) {
        await this.#update(write.id, account);
        return { ref, kind: 'written', id: write.id, created: false };
      }
      const name = account.name ?? '';
      if (name === '') return failed(ref, 'SYNC_VALUE_REQUIRED', sentence('An account needs a name.'));
      const { id, created } = await this.#findOrCreate({ ...account, name });
      if (!created) await this.#update(id, account);
      return { ref, kind: 'written', id, created };
    } catch (error) {
      return await failedItem(this.#client, ref, error);
    }
  }

  async #update(id: string, account: AccountContent): Promise<void> {
    await this.#client.write('PUT', `/accounts/${id}`, { account }, savedAccount, { repeatable: true });
  }

  async #findOrCreate(account: AccountContent & { name: string }): Promise<{ id: string; created: boolean }> {
    const known = await this.#find(account.name);
    if (known !== undefined) return { id: known, created: false };
    const create = async (): Promise<string> => {
      const { body } = await this.#client.write('POST', '/accounts', { account }, savedAccount, {
        repeatable: false,
      });
      return body.account.id;
    };
    return createOnce(this.#client, create, () => this.#find(account.name));
  }

  /** The search is for a part of the name. */
  async #find(name: string): Promise<string | undefined> {
    const wanted = name.toLowerCase();
    const pages = this.#client.pages('/accounts', [['search', name]], accountPage, (page) => page.accounts);
    for await (const { accounts } of pages) {
      const match = accounts.find((account) => account.name.toLowerCase() === wanted);
      if (match) return match.id;
    }
    return undefined;
  }

  /** All accounts' custom values at once: the listing has no page that matches a page of accounts. */
  async #readCustomValues(): Promise<CustomValues> {
    const custom: CustomValues = new Map();
    const fields = await readAccountFields(this.#client);
    if (fields.length === 0) return custom;
    const byId = new Map(fields.map((field) => [field.id, field]));
    const pages = this.#client.pages(
      '/accountCustomFieldData',
      [],
      accountDataPage,
      (page) => page.accountCustomFieldData,
    );
    for await (const { accountCustomFieldData } of pages) {
      for (const { accountId, customFieldId, fieldValue } of accountCustomFieldData) {
        const values = custom.get(accountId) ?? {};
        values[`field:${customFieldId}`] = fromVendor(fieldValue, byId.get(customFieldId));
        custom.set(accountId, values);
      }
    }
    return custom;
  }
}

/** The `account` of a write, as far as it is our matter. */
interface AccountContent {
  readonly name?: string;
  readonly accountUrl?: PlatformValue;
  readonly fields?: readonly object[];
}

function contentOf(write: AccountWrite, fields: ReadonlyMap<string, AccountField>): AccountContent {
  const custom: object[] = [];
  for (const [key, value] of Object.entries(write.values)) {
    const field = fields.get(key);
    if (!field) continue;
    const currency =
      field.type === 'currency' && field.currency !== '' ? { fieldCurrency: field.currency } : {};
    custom.push({ customFieldId: Number(field.id), fieldValue: toVendor(value, field), ...currency });
  }
  const { accountUrl } = write.values;
  const name = write.name ?? write.values.name;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(accountUrl === undefined ? {} : { accountUrl: accountUrl ?? '' }),
    ...(custom.length === 0 ? {} : { fields: custom }),
  };
}

function stampOf(text: string, now: number): string {
  const at = Date.parse(text);
  return new Date(Number.isNaN(at) ? now : at).toISOString();
}
