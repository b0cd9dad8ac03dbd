import { z } from 'zod';
import { Http } from './http.ts';
import type { Addresses } from './stack.ts';

/** What opens the sandbox; it opens nothing else. */
export const credentials = {
  salesforceToken: '00D000000000001!sandbox',
  activecampaignKey: 'sandbox-activecampaign-key',
  password: 'sandbox1234',
  admin: 'admin@sandbox.test',
  /** Holds the package's permission set for those who work with synced records. */
  rep: 'rep@sandbox.test',
  /** Holds no permission set. */
  guest: 'guestrep@sandbox.test',
  integrationUser: 'integration@sandbox.test',
} as const;

const API = '/services/data/v67.0';

const statsSchema = z.object({
  calls: z.object({ total: z.number(), byRoute: z.record(z.string(), z.number()) }),
  records: z.record(z.string(), z.number()),
});
export type Stats = z.infer<typeof statsSchema>;

const recordSchema = z.looseObject({ Id: z.string().optional() });
export type SalesforceRow = z.infer<typeof recordSchema>;
const querySchema = z.object({ records: z.array(recordSchema), nextRecordsUrl: z.string().optional() });

const limitsSchema = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

const apexSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/** Both vendors as their own users and the control doors see them, beside the service. */
export class Vendors {
  readonly salesforce: Http;
  readonly activecampaign: Http;

  /** @param callsPerSecond of ActiveCampaign, whose five a second all programs share */
  constructor(
    { salesforce, activecampaign }: Pick<Addresses, 'salesforce' | 'activecampaign'>,
    { callsPerSecond = 3 }: { callsPerSecond?: number } = {},
  ) {
    this.salesforce = new Http(salesforce, { Authorization: `Bearer ${credentials.salesforceToken}` });
    this.activecampaign = new Http(
      activecampaign,
      { 'Api-Token': credentials.activecampaignKey },
      { callsPerSecond },
    );
  }

  /** All rows of a SOQL query. */
  async query(soql: string): Promise<SalesforceRow[]> {
    const rows: SalesforceRow[] = [];
    let path: string | undefined = `${API}/query?q=${encodeURIComponent(soql)}`;
    while (path !== undefined) {
      const page: z.infer<typeof querySchema> = await this.salesforce.get(path, querySchema);
      rows.push(...page.records);
      path = page.nextRecordsUrl;
    }
    return rows;
  }

  /** The org's daily API calls: how many it may make and has made. */
  async dailyCalls(): Promise<{ limit: number; used: number }> {
    const { DailyApiRequests } = await this.salesforce.get(`${API}/limits`, limitsSchema);
    return { limit: DailyApiRequests.Max, used: DailyApiRequests.Max - DailyApiRequests.Remaining };
  }

  /** A control door of a vendor. */
  door<T>(
    vendor: 'salesforce' | 'activecampaign',
    door: string,
    body: unknown,
    schema: z.ZodType<T>,
  ): Promise<T> {
    return this[vendor].send('POST', `/__sandbox/${door}`, body, schema);
  }

  /**
   * Calls a component method of the package as the org's admin.
   * @throws Error with what the method threw
   */
  async apex(className: string, method: string, params: Record<string, unknown> = {}): Promise<unknown> {
    const body = { username: credentials.admin, class: className, method, params };
    const outcome = await this.door('salesforce', 'apex', body, apexSchema);
    if (!outcome.ok) throw new Error(`${className}.${method}: ${outcome.message}`);
    return outcome.value;
  }

  /** Calls since the last reset and records, as the vendors themselves count them. */
  async stats(): Promise<{ salesforce: Stats; activecampaign: Stats }> {
    const [salesforce, activecampaign] = await Promise.all([
      this.salesforce.get('/__sandbox/stats', statsSchema),
      this.activecampaign.get('/__sandbox/stats', statsSchema),
    ]);
    return { salesforce, activecampaign };
  }
}
