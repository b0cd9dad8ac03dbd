import type { OrgCore } from './core.ts';
import type { SObjectSchema, Row, Value } from './types.ts';

const CONTACT_DETAILS =
  'Salutation Name FirstName LastName Title Email Phone Fax MobilePhone Description DoNotCall HasOptedOutOfEmail HasOptedOutOfFax LeadSource'.split(
    ' ',
  );
const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];
const WON_STAGE = 'Closed Won';
const LOST_STAGE = 'Closed Lost';

function fullName(row: Row): Value {
  const parts = [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join(' ');
}

/** A campaign member shows its person's details. */
function deriveCampaignMember(core: OrgCore, row: Row): void {
  const leadId = row['LeadId'];
  const contactId = row['ContactId'];
  const isContact = typeof contactId === 'string';
  const person = isContact
    ? core.table('Contact')?.get(contactId)
    : typeof leadId === 'string'
      ? core.table('Lead')?.get(leadId)
      : undefined;
  row['HasResponded'] = row['Status'] === 'Responded';
  if (person === undefined) return;
  row['Type'] = isContact ? 'Contact' : 'Lead';
  row['LeadOrContactId'] = person.Id;
  row['LeadOrContactOwnerId'] = person['OwnerId'] ?? null;
  for (const field of CONTACT_DETAILS) row[field] = person[field] ?? null;
  for (const part of ADDRESS_PARTS) row[part] = person[isContact ? `Mailing${part}` : part] ?? null;
  const accountId = person['AccountId'];
  const account = typeof accountId === 'string' ? core.table('Account')?.get(accountId) : undefined;
  row['CompanyOrAccount'] = (isContact ? account?.['Name'] : person['Company']) ?? null;
}

function deriveOpportunity(row: Row): void {
  row['IsWon'] = row['StageName'] === WON_STAGE;
  row['IsClosed'] = row['IsWon'] || row['StageName'] === LOST_STAGE;
  row['ForecastCategory'] = row['IsWon'] ? 'Closed' : row['IsClosed'] ? 'Omitted' : 'Pipeline';
  row['ForecastCategoryName'] = row['ForecastCategory'];
}

function deriveTask(core: OrgCore, row: Row): void {
  row['IsClosed'] = row['Status'] === 'Completed';
  row['IsHighPriority'] = row['Priority'] === 'High';
  const whoId = row['WhoId'];
  const whatId = row['WhatId'];
  row['WhoCount'] = typeof whoId === 'string' ? 1 : 0;
  row['WhatCount'] = typeof whatId === 'string' ? 1 : 0;
  const accountOfWho =
    typeof whoId === 'string' ? core.table('Contact')?.get(whoId)?.['AccountId'] : undefined;
  const accountOfWhat = typeof whatId === 'string' ? core.table('Account')?.get(whatId)?.Id : undefined;
  row['AccountId'] = accountOfWhat ?? accountOfWho ?? null;
}

/** Computes the org's own formula fields. */
export function deriveFormulas(schema: SObjectSchema, row: Row): void {
  for (const field of schema.fields) {
    const formula = field.formula;
    if (formula === undefined) continue;
    const source = (name: string): Value => row[schema.field(name)?.name ?? name] ?? null;
    row[field.name] =
      'copyOf' in formula
        ? source(formula.copyOf)
        : formula.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(source(name) ?? '')) || null;
  }
}

/** Fills what Salesforce computes from a record's other values. Works in place on a row about to be stored. */
export function derive(core: OrgCore, schema: SObjectSchema, row: Row): void {
  switch (schema.name) {
    case 'Lead':
    case 'User':
      row['Name'] = fullName(row);
      break;
    case 'Contact':
      row['Name'] = fullName(row);
      row['IsEmailBounced'] = typeof row['EmailBouncedReason'] === 'string';
      break;
    case 'CampaignMember':
      deriveCampaignMember(core, row);
      break;
    case 'Opportunity':
      deriveOpportunity(row);
      break;
    case 'Task':
      deriveTask(core, row);
      break;
    default:
  }
  deriveFormulas(schema, row);
}
