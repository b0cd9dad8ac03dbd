import type { Clock } from '../lib/clock.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Salesforce } from '../salesforce/types.ts';
import { readPlatformFields, readSalesforceFields, type LiveFields } from './sync-settings.ts';

/** How long described fields are believed; a call that meets an unknown field drops them at once. */
const lifetime = 30 * 60_000;

interface Entry {
  readonly fields: LiveFields['salesforce'];
  readonly objects: string;
  readonly readAt: number;
}

/** Salesforce's fields by connection, so that a run with nothing to do spends none of the org's calls on them. */
export class SchemaCache {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async read(
    connectionId: string,
    sides: { salesforce: Salesforce; connector: Connector },
    objects: readonly SalesforceObject[],
  ): Promise<LiveFields> {
    // A platform answers a value for a field that was deleted there, so its fields are asked for each time.
    const platform = await readPlatformFields(sides.connector, objects);
    const wanted = objects.join();
    const known = this.#entries.get(connectionId);
    if (known?.objects === wanted && this.#clock.now() - known.readAt < lifetime) {
      return { salesforce: known.fields, platform };
    }
    const salesforce = await readSalesforceFields(sides.salesforce, objects);
    this.#entries.set(connectionId, { fields: salesforce, objects: wanted, readAt: this.#clock.now() });
    return { salesforce, platform };
  }

  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }
}
