import { readConnection } from '../../src/store/connections.ts';
import { saveMapping, saveSelection } from '../../src/store/settings.ts';
import type { FieldMapping, ObjectMapping } from '../../src/sync/types.ts';
import type { Bench } from './bench.ts';
import { mappingKey, salesforceNames, type FieldName } from './records.ts';
import type { Settings } from './story.ts';
import { storeLogin, type Tenant } from './tenant.ts';

/** The mappings that a seed's settings mean, without the fields that are left out. */
export function mappingsOf(settings: Settings, without: readonly FieldName[] = []): ObjectMapping[] {
  const { policies, emptyWins, hasAccounts } = settings;
  const row = (salesforce: string, field: FieldName): FieldMapping => ({
    salesforce,
    platform: mappingKey(field),
    direction: 'both',
    policy: policies[field],
    emptyWins: emptyWins && field !== 'email' && field !== 'optOut',
  });
  const person = (Object.entries(salesforceNames) as [keyof typeof salesforceNames, string][]) // its own keys
    .filter(([field]) => !without.includes(field))
    .map(([field, name]) => row(name, field));
  return [
    { object: 'Lead', enabled: true, fields: [...person, row('Company', 'account')] },
    { object: 'Contact', enabled: true, fields: person },
    {
      object: 'Account',
      enabled: hasAccounts,
      fields: [
        { salesforce: 'Name', platform: 'name', direction: 'both', policy: 'salesforce', emptyWins: false },
      ],
    },
  ];
}

/** Sets a customer's sync up. */
export async function setUp(bench: Bench, tenant: Tenant, settings: Settings): Promise<void> {
  const { scope, platform, changesUrl } = tenant;
  await bench.database.withTenant(scope.tenantId, async (tx) => {
    for (const mapping of mappingsOf(settings)) await saveMapping(tx, scope, mapping);
    for (const object of ['Lead', 'Contact'] as const) {
      const selection =
        settings.selection === 'flagged'
          ? ({ mode: 'flagged' } as const)
          : ({ mode: 'created', since: '2000-01-01T00:00:00Z' } as const);
      await saveSelection(tx, scope, object, selection);
    }
  });
  if (settings.hasWebhooks) platform.report(changesUrl);
}

/** The admin sees that Salesforce has ended the authorization for good, and gives it anew. */
export async function authorizeAgain(bench: Bench, tenant: Tenant): Promise<void> {
  const { scope, salesforceConnection: id } = tenant;
  const lost = await bench.database.withTenant(scope.tenantId, async (tx) => {
    const connection = await readConnection(tx, id);
    return connection?.state === 'error';
  });
  if (lost) await storeLogin(bench.database, tenant);
}
