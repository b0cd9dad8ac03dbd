import type { OrgCore } from './core.ts';
import { restamp } from './deletes.ts';
import { toId18 } from './ids.ts';
import { insertRows, updateRows } from './dml.ts';
import { triggerRow } from './save.ts';
import { NO_RECORD_ACCESS } from './sharing.ts';
import type { RecordTable } from './table.ts';
import { stampOf } from './time.ts';
import type { InputRow, Row, SaveError, SaveResult, UserContext, Value } from './types.ts';
import { ApiError } from './types.ts';

export interface ConvertOptions {
  readonly accountId?: string;
  readonly contactId?: string;
  readonly createOpportunity?: boolean;
  readonly convertedStatus?: string;
}

export interface Converted {
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId?: string;
}

/** Standard fields that conversion copies, by the lead's name for them. */
const TO_CONTACT: Readonly<Record<string, string>> = {
  FirstName: 'FirstName',
  LastName: 'LastName',
  Salutation: 'Salutation',
  Title: 'Title',
  Email: 'Email',
  Phone: 'Phone',
  MobilePhone: 'MobilePhone',
  Fax: 'Fax',
  LeadSource: 'LeadSource',
  Description: 'Description',
  HasOptedOutOfEmail: 'HasOptedOutOfEmail',
  HasOptedOutOfFax: 'HasOptedOutOfFax',
  Street: 'MailingStreet',
  City: 'MailingCity',
  State: 'MailingState',
  PostalCode: 'MailingPostalCode',
  Country: 'MailingCountry',
};
const TO_ACCOUNT: Readonly<Record<string, string>> = {
  Company: 'Name',
  Phone: 'Phone',
  Fax: 'Fax',
  Website: 'Website',
  Industry: 'Industry',
  Rating: 'Rating',
  AnnualRevenue: 'AnnualRevenue',
  NumberOfEmployees: 'NumberOfEmployees',
  Street: 'BillingStreet',
  City: 'BillingCity',
  State: 'BillingState',
  PostalCode: 'BillingPostalCode',
  Country: 'BillingCountry',
};
const DEFAULT_STATUS = 'Closed - Converted';

function pick(lead: Row, mapping: Readonly<Record<string, string>>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [from, to] of Object.entries(mapping)) {
    const value = lead[from];
    if (value !== undefined && value !== null) values[to] = value;
  }
  return values;
}

function idOf(results: readonly SaveResult[]): string {
  const [result] = results;
  if (result?.success === true) return result.id;
  const error = result?.errors[0];
  throw new ApiError(
    400,
    error?.statusCode ?? 'UNKNOWN_EXCEPTION',
    error?.message ?? 'nothing saved',
    error?.fields,
  );
}

/** Only empty fields of a record that exists already are filled. */
function fill(
  core: OrgCore,
  user: UserContext,
  object: string,
  id: string,
  values: Readonly<Record<string, Value>>,
): string {
  const row = core.table(object)?.get(id);
  if (row === undefined || row['IsDeleted'] === true) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  const missing = Object.entries(values).filter(([field]) => (row[field] ?? null) === null);
  const change: InputRow = { ...Object.fromEntries(missing), Id: row.Id };
  return idOf(updateRows(core, user, object, [change], SYSTEM_SAVE));
}

/** Conversion is one transaction of the platform's own: assignment and duplicate alerts do not stop it. */
const SYSTEM_SAVE = { autoAssign: false, duplicateRule: { allowSave: true, includeRecordDetails: false } };

function mappedCustomFields(core: OrgCore, lead: Row, target: 'contact' | 'account'): Record<string, Value> {
  const mapping: Record<string, string> = {};
  for (const [field, to] of Object.entries(core.rules.leadConvertMapping)) {
    const name = to[target];
    if (name !== undefined) mapping[field] = name;
  }
  return pick(lead, mapping);
}

function moveMemberships(core: OrgCore, user: UserContext, leadId: string, contactId: string): void {
  for (const [object, field] of [
    ['CampaignMember', 'ContactId'],
    ['Task', 'WhoId'],
  ] as const) {
    const table = core.table(object);
    const children = [...(table?.find(object === 'Task' ? 'WhoId' : 'LeadId', leadId) ?? [])];
    for (const child of children) {
      if (table !== undefined) core.journal.put(table, restamp(core, user, child, { [field]: contactId }));
    }
  }
}

/**
 * Converts a lead into a contact of an account, and into an opportunity if asked, as SOAP `convertLead()` does.
 * @throws ApiError for a lead that is gone or converted, or a record that cannot be saved.
 */
export function convertLead(
  core: OrgCore,
  user: UserContext,
  leadId: string,
  options: ConvertOptions,
): Converted {
  const leads = core.table('Lead');
  const id = toId18(leadId);
  const lead = id === undefined ? undefined : leads?.get(id);
  if (leads === undefined || lead === undefined) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  if (lead['IsDeleted'] === true) throw new ApiError(400, 'ENTITY_IS_DELETED', 'entity is deleted');
  if (!core.sharing.edits(user, 'Lead', lead)) {
    throw new ApiError(400, NO_RECORD_ACCESS.statusCode, NO_RECORD_ACCESS.message);
  }
  if (lead['IsConverted'] === true) {
    throw new ApiError(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
  return core.journal.unit(
    () => {
      const owner = { OwnerId: lead['OwnerId'] ?? user.id };
      const accountValues = { ...pick(lead, TO_ACCOUNT), ...mappedCustomFields(core, lead, 'account') };
      const givenContact =
        options.contactId === undefined ? undefined : core.table('Contact')?.get(options.contactId);
      const accountOfContact = givenContact?.['AccountId'];
      const wantedAccount =
        options.accountId ?? (typeof accountOfContact === 'string' ? accountOfContact : undefined);
      const accountId =
        wantedAccount === undefined
          ? idOf(insertRows(core, user, 'Account', [{ ...accountValues, ...owner }], SYSTEM_SAVE))
          : fill(core, user, 'Account', wantedAccount, accountValues);
      const contactValues = {
        ...pick(lead, TO_CONTACT),
        ...mappedCustomFields(core, lead, 'contact'),
        AccountId: accountId,
      };
      const contactId =
        options.contactId === undefined
          ? idOf(insertRows(core, user, 'Contact', [{ ...contactValues, ...owner }], SYSTEM_SAVE))
          : fill(core, user, 'Contact', options.contactId, contactValues);
      const opportunityId =
        options.createOpportunity === true
          ? idOf(insertRows(core, user, 'Opportunity', [opportunityOf(core, lead, accountId)], SYSTEM_SAVE))
          : undefined;
      moveMemberships(core, user, lead.Id, contactId);
      const changes = {
        IsConverted: true,
        Status: options.convertedStatus ?? DEFAULT_STATUS,
        ConvertedDate: stampOf(core.clock.now()).slice(0, 10),
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId ?? null,
      };
      putConverted(core, user, leads, lead, restamp(core, user, lead, changes));
      return { accountId, contactId, ...(opportunityId === undefined ? {} : { opportunityId }) };
    },
    () => true,
  );
}

/** Stores the converted lead; its update triggers see it, and may refuse it. */
function putConverted(core: OrgCore, user: UserContext, leads: RecordTable, lead: Row, next: Row): void {
  const errors: SaveError[] = [];
  const run = (timing: 'before' | 'after'): void => {
    core.triggers?.[timing]({
      operation: 'update',
      object: leads.schema.name,
      user,
      rows: [triggerRow(lead, next, errors)],
    });
    const [error] = errors;
    if (error !== undefined) throw new ApiError(400, error.statusCode, error.message, error.fields);
  };
  run('before');
  core.journal.put(leads, next);
  run('after');
}

/** Salesforce names it after the company and closes it at the end of the quarter. */
function opportunityOf(core: OrgCore, lead: Row, accountId: string): InputRow {
  const today = new Date(core.clock.now());
  const quarterEnd = new Date(
    Date.UTC(today.getUTCFullYear(), Math.floor(today.getUTCMonth() / 3) * 3 + 3, 0),
  );
  return {
    Name: `${String(lead['Company'])}-`,
    AccountId: accountId,
    StageName: 'Prospecting',
    CloseDate: quarterEnd.toISOString().slice(0, 10),
    LeadSource: lead['LeadSource'] ?? null,
  };
}
