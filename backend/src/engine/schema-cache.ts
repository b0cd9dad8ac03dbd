import type { Clock } from '../lib/clock.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Salesforce } from '../salesforce/types.ts';
import { readLiveFields, type LiveFields } from './sync-settings.ts';

/** How long described fields are believed; a call that meets an unknown field drops them at once. */
const lifetime = 30 * 60_000;

interface Entry {
  readonly fields: LiveFields;
  readonly objects: string;
  readonly readAt: number;
}

/** Both sides' fields by connection, so that a run with nothing to do describes nothing. */
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
    const wanted = objects.join();
    const known = this.#entries.get(connectionId);
    if (known?.objects === wanted && this.#clock.now() - known.readAt < lifetime) return known.fields;
    const fields = await readLiveFields(sides.salesforce, sides.connector, objects);
    this.#entries.set(connectionId, { fields, objects: wanted, readAt: this.#clock.now() });
    return fields;
  }

  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }
}
