import { IANAZone } from 'luxon';
import type { Clock } from '../lib/clock.ts';
import { isSyncError } from '../lib/errors.ts';
import { accountPath } from '../sync/account-name.ts';
import type { ObjectMapping, PlatformField } from '../sync/types.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Salesforce } from '../salesforce/types.ts';
import { soqlText } from './salesforce-records.ts';
import { readSalesforceFields, type LiveFields } from './sync-settings.ts';

/**
 * How long described fields are believed where every mapped one is among them; a call that meets an unknown field drops
 * them at once. A field that is missing is looked for each time, as somebody may just have made it visible.
 */
const lifetime = 30 * 60_000;

interface Entry {
  readonly fields: LiveFields['salesforce'];
  readonly objects: string;
  readonly readAt: number;
}

/** Both systems' fields by connection, so that a run with nothing to do spends none of the org's calls on them. */
export class SchemaCache {
  readonly #entries = new Map<string, Entry>();
  /** Whether the platform's plan has accounts, and since when that is known. */
  readonly #accounts = new Map<string, { readonly exist: boolean; readonly askedAt: number }>();
  readonly #timeZones = new Map<string, { readonly name: string; readonly askedAt: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param mappings those in use */
  async read(
    connectionId: string,
    sides: { salesforce: Salesforce; connector: Connector },
    mappings: readonly ObjectMapping[],
  ): Promise<LiveFields> {
    // A platform answers a value for a field that was deleted there, so mapped ones are asked for each time.
    const contact = await sides.connector.describe('contact', { custom: mapsCustomFields(mappings) });
    const account = await this.#accountFields(
      connectionId,
      sides.connector,
      mappings.some(({ object }) => object === 'Account'),
    );
    return {
      salesforce: await this.#salesforce(connectionId, sides, mappings),
      platform: { contact, account },
    };
  }

  /**
   * The time zone of the connected user: date literals of SOQL mean its days (SOQL and SOSL Reference, "Date Formats
   * and Date Literals"). UTC where Salesforce does not tell.
   */
  async timeZone(
    connectionId: string,
    { salesforce, salesforceUser }: { salesforce: Salesforce; salesforceUser?: string | null },
  ): Promise<string> {
    const known = this.#timeZones.get(connectionId);
    if (known !== undefined && this.#clock.now() - known.askedAt < lifetime) return known.name;
    const page =
      salesforceUser == null
        ? null
        : await salesforce.query(
            `SELECT TimeZoneSidKey FROM User WHERE Username = ${soqlText(salesforceUser)}`,
          );
    const told = page?.records[0]?.TimeZoneSidKey;
    const name = typeof told === 'string' && IANAZone.isValidZone(told) ? told : 'UTC';
    this.#timeZones.set(connectionId, { name, askedAt: this.#clock.now() });
    return name;
  }

  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }

  async #salesforce(
    connectionId: string,
    { salesforce }: { salesforce: Salesforce },
    mappings: readonly ObjectMapping[],
  ): Promise<LiveFields['salesforce']> {
    const objects = mappings.map(({ object }) => object).toSorted();
    const wanted = objects.join();
    const known = this.#entries.get(connectionId);
    const isFresh = known?.objects === wanted && this.#clock.now() - known.readAt < lifetime;
    if (isFresh && hasAll(known.fields, mappings)) return known.fields;
    const fields = await readSalesforceFields(salesforce, objects);
    this.#entries.set(connectionId, { fields, objects: wanted, readAt: this.#clock.now() });
    return fields;
  }

  /** The fields of accounts, none where they are not mapped; null where there are no accounts. */
  async #accountFields(
    connectionId: string,
    connector: Connector,
    areMapped: boolean,
  ): Promise<readonly PlatformField[] | null> {
    const known = this.#accounts.get(connectionId);
    const isKnown = known !== undefined && this.#clock.now() - known.askedAt < lifetime;
    if (isKnown && !(known.exist && areMapped)) return known.exist ? [] : null;
    const fields = await describeAccounts(connector);
    this.#accounts.set(connectionId, { exist: fields !== null, askedAt: this.#clock.now() });
    return areMapped ? fields : fields && [];
  }
}

/** Whether a contact's custom field is mapped. */
function mapsCustomFields(mappings: readonly ObjectMapping[]): boolean {
  return mappings.some(
    ({ object, fields, accountNameField }) =>
      accountNameField != null ||
      (object !== 'Account' && fields.some(({ platform }) => platform.startsWith('field:'))),
  );
}

function hasAll(fields: LiveFields['salesforce'], mappings: readonly ObjectMapping[]): boolean {
  return mappings.every(({ object, fields: rows }) => {
    const updateable = new Map(fields.get(object)?.map((field) => [field.name, field.updateable]));
    return rows.every(
      ({ salesforce, direction }) =>
        salesforce === accountPath ||
        updateable.get(salesforce) === true ||
        (direction === 'outbound' && updateable.has(salesforce)),
    );
  });
}

/** The platform sometimes forbids what it allows a moment later: once is not believed. */
async function describeAccounts(connector: Connector): Promise<readonly PlatformField[] | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connector.describe('account');
    } catch (error) {
      if (!isSyncError(error, 'SYNC_PLATFORM_FORBIDDEN')) throw error;
      if (attempt === 2) return null;
    }
  }
}
