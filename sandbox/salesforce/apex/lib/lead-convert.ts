import { state, text, truth } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';

/** Behind a `Database.LeadConvert`. */
export class LeadConversion {
  leadId: string | null = null;
  accountId: string | null = null;
  contactId: string | null = null;
  convertedStatus: string | null = null;
  createOpportunity = true;
}

/** Behind a `Database.LeadConvertResult`. */
export class ConvertedLead {
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
