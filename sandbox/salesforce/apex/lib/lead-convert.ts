import { ApiError } from '../../org/types.ts';
import { actorOf } from '../data/system-mode.ts';
import { ApexFailure, raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { state, text, textOrNull, truth } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';

/** Behind a `Database.LeadConvert`. */
class LeadConversion {
  leadId: string | null = null;
  accountId: string | null = null;
  contactId: string | null = null;
  convertedStatus: string | null = null;
  createOpportunity = true;
}

/** Behind a `Database.LeadConvertResult`. */
class ConvertedLead {
  readonly leadId: string;
  readonly made: { accountId: string; contactId: string; opportunityId?: string };

  constructor(leadId: string, made: ConvertedLead['made']) {
    this.leadId = leadId;
    this.made = made;
  }
}

const request = (self: Value): LeadConversion => state(self, LeadConversion);
const made = (self: Value): ConvertedLead['made'] => state(self, ConvertedLead).made;

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
    'Boolean isSuccess()': () => true,
    'Id getLeadId()': (self) => state(self, ConvertedLead).leadId,
    'Id getAccountId()': (self) => made(self).accountId,
    'Id getContactId()': (self) => made(self).contactId,
    'Id getOpportunityId()': (self) => made(self).opportunityId ?? null,
  }),
];

/** Converts a lead through the org's own conversion, with its triggers. */
export function convertLead(value: Value | undefined, frame: Frame): Value {
  const request = state(value ?? null, LeadConversion);
  const { transaction } = frame;
  transaction.limits.use('DmlStatements');
  const outer = transaction.host.current;
  transaction.host.current = transaction;
  try {
    const { leadId, accountId, contactId, convertedStatus, createOpportunity } = request;
    const converted = transaction.host.org.convertLead(
      actorOf(frame, 'system'),
      textOrNull(leadId) ?? raise('NullPointerException', 'Argument cannot be null.'),
      {
        createOpportunity,
        ...(accountId !== null && { accountId }),
        ...(contactId !== null && { contactId }),
        ...(convertedStatus !== null && { convertedStatus }),
      },
    );
    transaction.uncommitted = true;
    return new ApexNative('Database.LeadConvertResult', new ConvertedLead(leadId ?? '', converted));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApexFailure(
      'DmlException',
      `ConvertLead failed. First exception on row 0; first error: ${error.errorCode}, ${error.message}: []`,
    );
  } finally {
    transaction.host.current = outer;
  }
}
