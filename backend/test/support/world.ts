import { z } from 'zod';
import { conflictSchema } from '../../src/schemas/conflict.ts';
import { saveMapping, saveSelection } from '../../src/store/settings.ts';
import { defaultMappings } from '../../src/sync/pairs.ts';
import type { Selection } from '../../src/sync/selection.ts';
import type { ObjectMapping, SalesforceObject, Side } from '../../src/sync/types.ts';
import { createConnectedOrg, type ConnectedOrg } from './connected.ts';
import type { TestDatabase } from './database.ts';
import { authorize } from './org.ts';

type Conflict = z.infer<typeof conflictSchema>;
type Person = z.infer<typeof personSchema>;
type Row = z.infer<typeof rowsSchema>['records'][number];

interface LinkRow {
  readonly object: SalesforceObject;
  readonly state: string;
  readonly salesforce_id: string | null;
  readonly platform_id: string | null;
}

/** A connected org that the tests of a file share: what they look at and turn, and a way back to the start. */
export interface World extends ConnectedOrg {
  readonly contact: (fields: Record<string, unknown>) => Promise<string>;
  readonly account: (fields: Record<string, unknown>) => Promise<string>;
  /** Changes a Salesforce record. */
  readonly change: (
    object: SalesforceObject,
    id: string,
    fields: Record<string, unknown>,
  ) => Promise<unknown>;
  readonly query: (soql: string) => Promise<Row[]>;
  /** Creates a contact of the platform and gives its id. */
  readonly createPerson: (fields: Record<string, unknown>) => Promise<string>;
  readonly changePerson: (id: string, fields: Record<string, unknown>) => Promise<unknown>;
  /** The platform contact under an email, with the names of its tags in order. @throws when there is not exactly one */
  readonly person: (email: string) => Promise<Person & { tags: string[] }>;
  /** The platform's contacts, up to a hundred, and how many there are. */
  readonly people: () => Promise<z.infer<typeof peopleSchema>>;
  /** What the webhook step of an automation does. */
  readonly ask: (wanted: 'create_lead' | 'create_contact', contactId: string) => Promise<void>;
  readonly links: () => Promise<LinkRow[]>;
  readonly conflicts: () => Promise<Conflict[]>;
  readonly choose: (conflictId: number, winner: Side) => Promise<void>;
  /** Makes everything that waits for a retry due now. */
  readonly makeDue: () => Promise<void>;
  readonly map: (mapping: ObjectMapping) => Promise<void>;
  readonly select: (object: 'Lead' | 'Contact', selection: Selection) => Promise<void>;
  /** Empties both vendors and forgets what was synced; mappings and selections are the defaults, everybody enters. */
  readonly reset: () => Promise<void>;
}

const createdSchema = z.object({ id: z.string() });
const rowsSchema = z.object({ records: z.array(z.record(z.string(), z.unknown())) });
const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string(),
  orgname: z.string().nullish(),
});
const peopleSchema = z.object({
  contacts: z.array(personSchema),
  meta: z.object({ total: z.string() }),
});
const contactTagsSchema = z.object({ contactTags: z.array(z.object({ tag: z.string() })) });
const tagsSchema = z.object({ tags: z.array(z.object({ id: z.string(), tag: z.string() })) });
const hooksSchema = z.object({ createLeadUrl: z.url(), createContactUrl: z.url() });

/** What the engine keeps of a connection, and its settings; the connections and their secrets are not among it. */
const engineTables = [
  'link',
  'platform_index',
  'platform_import',
  'cursor',
  'hint',
  'request_tag',
  'conflict',
  'run',
  'outcome',
  'budget',
  'mapping',
  'selection',
  'schedule',
  'dry_run',
];

/** To be called once at the top level of a test file, with `reset` before each of its tests. */
export async function createWorld(database: TestDatabase): Promise<World> {
  const org = await createConnectedOrg(database, { SALESFORCE_DAILY_SHARE: '0.8' });
  const { salesforce, platform, scope, service, call, inSalesforce, onPlatform } = org;

  const create = async (object: SalesforceObject, fields: Record<string, unknown>) =>
    createdSchema.parse(await inSalesforce('POST', `/sobjects/${object}`, fields)).id;

  /** The reset of an org ends its sessions, so the admin authorizes the service anew. */
  async function resetSalesforce(): Promise<void> {
    await salesforce.control('reset', {});
    const { page } = await authorize(service, org.token);
    if (page.status !== 200) throw new Error(page.text);
  }

  async function resetPlatform(): Promise<void> {
    await platform.control('reset', {});
    await platform.control('limits', { enforce: false, importDelayMs: 0 });
  }

  return {
    ...org,
    contact: (fields) => create('Contact', { LastName: 'Ruiz', ...fields }),
    account: (fields) => create('Account', fields),
    change: (object, id, fields) => inSalesforce('PATCH', `/sobjects/${object}/${id}`, fields),
    async query(soql) {
      return rowsSchema.parse(await inSalesforce('GET', `/query?q=${encodeURIComponent(soql)}`)).records;
    },
    async createPerson(fields) {
      const created = await onPlatform('POST', '/contacts', { contact: fields });
      return z.object({ contact: createdSchema }).parse(created).contact.id;
    },
    changePerson: (id, fields) => onPlatform('PUT', `/contacts/${id}`, { contact: fields }),
    async person(email) {
      const found = await onPlatform('GET', `/contacts?email=${encodeURIComponent(email)}`);
      const { contacts } = peopleSchema.parse(found);
      const [person] = contacts;
      if (person === undefined || contacts.length > 1)
        throw new Error(`${contacts.length} contacts have the email ${email}`);
      const { contactTags } = contactTagsSchema.parse(
        await onPlatform('GET', `/contacts/${person.id}/contactTags?limit=100`),
      );
      const { tags } = tagsSchema.parse(await onPlatform('GET', '/tags?limit=100'));
      const names = new Map(tags.map(({ id, tag }) => [id, tag]));
      return { ...person, tags: contactTags.map(({ tag }) => names.get(tag) ?? `unknown ${tag}`).sort() };
    },
    people: async () => peopleSchema.parse(await onPlatform('GET', '/contacts?limit=100')),
    async ask(wanted, contactId) {
      const urls = hooksSchema.parse((await call('GET', '/v1/hooks')).json);
      const { pathname } = new URL(wanted === 'create_lead' ? urls.createLeadUrl : urls.createContactUrl);
      const answer = await service.call('POST', pathname, {
        raw: new URLSearchParams({ 'contact[id]': contactId }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      if (answer.status !== 202) throw new Error(answer.text);
    },
    links: () =>
      database.asOwner<LinkRow>('SELECT object, state, salesforce_id, platform_id FROM link ORDER BY id'),
    async conflicts() {
      const { json } = await call('GET', '/v1/conflicts');
      return z.object({ conflicts: z.array(conflictSchema) }).parse(json).conflicts;
    },
    async choose(conflictId, winner) {
      const answer = await call('POST', `/v1/conflicts/${conflictId}/choose`, { winner });
      if (answer.status !== 200) throw new Error(answer.text);
    },
    async makeDue() {
      await database.asOwner('UPDATE link SET outbound_due = now() WHERE outbound_due IS NOT NULL');
      await database.asOwner('UPDATE link SET inbound_due = now() WHERE inbound_due IS NOT NULL');
    },
    map: (mapping) => database.database.withTenant(scope.tenantId, (tx) => saveMapping(tx, scope, mapping)),
    select: (object, selection) =>
      database.database.withTenant(scope.tenantId, (tx) => saveSelection(tx, scope, object, selection)),
    async reset() {
      await Promise.all([resetSalesforce(), resetPlatform()]);
      await database.asOwner(engineTables.map((table) => `DELETE FROM ${table}`).join(';'));
      // Past the service's own doors, which ask both vendors for their fields each time, at the pace that they allow.
      await database.database.withTenant(scope.tenantId, async (tx) => {
        for (const mapping of defaultMappings()) await saveMapping(tx, scope, mapping);
        for (const object of ['Lead', 'Contact'] as const)
          await saveSelection(tx, scope, object, { mode: 'created', since: '2000-01-01T00:00:00Z' });
      });
    },
  };
}
