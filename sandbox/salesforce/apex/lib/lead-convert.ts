import { ApiError } from '../../org/types.ts';
import { actorOf } from '../data/system-mode.ts';
import { ApexFailure, raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { list, notEmulated, state, text, textOrNull, truth } from '../runtime/read.ts';
import { ApexList, ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { listOf, Type } from '../types/type.ts';
import { rowErrors } from './database-results.ts';

/** Behind a `Database.LeadConvert`. */
class LeadConversion {
  leadId: string | null = null;
  accountId: string | null = null;
  contactId: string | null = null;
  convertedStatus: string | null = null;
  createOpportunity = true;
}

interface Made {
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId?: string;
}

/** Behind a `Database.LeadConvertResult`. */
class ConvertedLead {
  readonly leadId: string;
  readonly outcome: Made | ApiError;

  constructor(leadId: string, outcome: Made | ApiError) {
    this.leadId = leadId;
    this.outcome = outcome;
  }
}

/** Leads in one call (Apex Reference, `Database.convertLead`). */
const MOST_LEADS = 100;

const request = (self: Value): LeadConversion => state(self, LeadConversion);
const made = (self: Value): Partial<Made> => {
  const { outcome } = state(self, ConvertedLead);
  return outcome instanceof ApiError ? {} : outcome;
};

function sets(field: 'leadId' | 'accountId' | 'contactId' | 'convertedStatus'): NativeCode {
  return (self, [value]) => {
    request(self)[field] = text(value);
    return null;
  };
}

export const leadConvertTypes = [
  nativeType('Database.LeadConvert', {
    'new()': () => new ApexNative('Database.LeadConvert', new LeadConversion()),
    'void setLeadId(Id value)': sets('leadId'),
    'void setAccountId(Id value)': sets('accountId'),
    'void setContactId(Id value)': sets('contactId'),
    'void setConvertedStatus(String value)': sets('convertedStatus'),
    'void setDoNotCreateOpportunity(Boolean value)': (self, [value]) => {
      request(self).createOpportunity = !truth(value);
      return null;
    },
  }),
  nativeType('Database.LeadConvertResult', {
    'Boolean isSuccess()': (self) => !(state(self, ConvertedLead).outcome instanceof ApiError),
    'List<Database.Error> getErrors()': (self) => {
      const { outcome } = state(self, ConvertedLead);
      if (!(outcome instanceof ApiError)) return rowErrors([]);
      const { errorCode, message, fields = [] } = outcome;
      return rowErrors([{ statusCode: errorCode, message, fields }]);
    },
    'Id getLeadId()': (self) => state(self, ConvertedLead).leadId,
    'Id getAccountId()': (self) => made(self).accountId ?? null,
    'Id getContactId()': (self) => made(self).contactId ?? null,
    'Id getOpportunityId()': (self) => made(self).opportunityId ?? null,
  }),
];

function convert(request: LeadConversion, frame: Frame): ConvertedLead {
  const { leadId, accountId, contactId, convertedStatus, createOpportunity } = request;
  const id = textOrNull(leadId) ?? raise('NullPointerException', 'Argument cannot be null.');
  try {
    const converted = frame.transaction.host.org.convertLead(actorOf(frame, 'system'), id, {
      createOpportunity,
      ...(accountId !== null && { accountId }),
      ...(contactId !== null && { contactId }),
      ...(convertedStatus !== null && { convertedStatus }),
    });
    return new ConvertedLead(id, converted);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return new ConvertedLead(id, error);
  }
}

/**
 * Converts leads through the org's own conversion, with its triggers: one DML statement.
 * @throws ApexFailure DmlException where all or none are to be converted and one fails.
 */
function convertAll(requests: readonly LeadConversion[], allOrNone: boolean, frame: Frame): ApexNative[] {
  const { transaction } = frame;
  const { host } = transaction;
  if (requests.length > MOST_LEADS)
    notEmulated(`the conversion of ${requests.length} leads in one call`, frame);
  transaction.limits.use('DmlStatements');
  const outer = host.current;
  host.current = transaction;
  try {
    const results = host.org.transaction(
      () => requests.map((one) => convert(one, frame)),
      (all) => !allOrNone || all.every(({ outcome }) => !(outcome instanceof ApiError)),
    );
    for (const [row, { outcome }] of results.entries())
      if (allOrNone && outcome instanceof ApiError)
        throw new ApexFailure(
          'DmlException',
          `ConvertLead failed. First exception on row ${row}; first error: ${outcome.errorCode}, ${outcome.message}: []`,
        );
    transaction.uncommitted = true;
    return results.map((result) => new ApexNative('Database.LeadConvertResult', result));
  } finally {
    host.current = outer;
  }
}

const one: NativeCode = (_, [lead, allOrNone = true], frame) =>
  convertAll([request(lead ?? null)], truth(allOrNone), frame)[0] ?? null;
const many: NativeCode = (_, [leads, allOrNone = true], frame) =>
  new ApexList(
    listOf(new Type('native', 'Database.LeadConvertResult')),
    convertAll(list(leads).items.map(request), truth(allOrNone), frame),
  );

/** `Database.convertLead` in its forms. */
export const leadConvertCalls: Readonly<Record<string, NativeCode>> = {
  'static Database.LeadConvertResult convertLead(Database.LeadConvert lead)': one,
  'static Database.LeadConvertResult convertLead(Database.LeadConvert lead, Boolean allOrNone)': one,
  'static List<Database.LeadConvertResult> convertLead(List<Database.LeadConvert> leads)': many,
  'static List<Database.LeadConvertResult> convertLead(List<Database.LeadConvert> leads, Boolean allOrNone)':
    many,
};
