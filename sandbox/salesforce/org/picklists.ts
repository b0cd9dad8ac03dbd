/** Values of the standard picklists as a new org has them. The first value marked `*` is the default. */
const LEAD_SOURCE = 'Web|Phone Inquiry|Partner Referral|Purchased List|Other';
const INDUSTRY =
  'Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|Electronics|' +
  'Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|Hospitality|' +
  'Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|' +
  'Telecommunications|Transportation|Utilities|Other';
const RATING = 'Hot|Warm|Cold';
const SALUTATION = 'Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.';
const CLEAN_STATUS = 'Matched|Different|Acknowledged|NotFound|Inactive|Pending|SelectMatch|Skipped';
const GEOCODE = 'Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown';

const VALUES: Readonly<Record<string, string>> = {
  'Lead.Status': '*Open - Not Contacted|Working - Contacted|Closed - Converted|Closed - Not Converted',
  'Account.Type':
    'Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|Installation Partner|Technology Partner|Other',
  'Account.Ownership': 'Public|Private|Subsidiary|Other',
  'Account.AccountSource': LEAD_SOURCE,
  'Campaign.Type':
    '*Conference|Webinar|Trade Show|Public Relations|Partners|Referral Program|Advertisement|Banner Ads|Direct Mail|Email|Telemarketing|Other',
  'Campaign.Status': '*Planned|In Progress|Completed|Aborted',
  'CampaignMember.Status': '*Sent|Responded',
  'Opportunity.StageName':
    'Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|Perception Analysis|Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost',
  'Opportunity.Type':
    'Existing Customer - Upgrade|Existing Customer - Replacement|Existing Customer - Downgrade|New Customer',
  'Opportunity.ForecastCategory': 'Omitted|Pipeline|BestCase|Forecast|Closed',
  'Opportunity.ForecastCategoryName': 'Omitted|Pipeline|Best Case|Commit|Closed',
  'Task.Status': '*Not Started|In Progress|Completed|Waiting on someone else|Deferred',
  'Task.Priority': 'High|*Normal|Low',
  'Task.Subject': 'Call|Email|Send Letter|Send Quote|Other',
  'Task.Type': 'Call|Email|Meeting|Other',
  'Task.TaskSubtype': '*Task|Email|ListEmail|Cadence|Call|LinkedIn',
  'Task.CallType': 'Internal|Inbound|Outbound',
  'User.EmailEncodingKey': '*UTF-8|ISO-8859-1|Shift_JIS|EUC-JP|Big5|GB2312',
  'User.LocaleSidKey': '*en_US|en_GB|es_ES|es_MX|de_DE|fr_FR|pt_BR|ja_JP',
  'User.LanguageLocaleKey': '*en_US|es|es_MX|de|fr|pt_BR|ja',
  'User.TimeZoneSidKey':
    '*America/Los_Angeles|America/New_York|America/Chicago|America/Denver|America/Mexico_City|Europe/London|Europe/Madrid|Europe/Paris|Europe/Berlin|Asia/Tokyo|Asia/Kolkata|GMT',
  'User.UserType': '*Standard|PowerPartner|CSPLitePortal|CustomerSuccess|PowerCustomerSuccess|Guest|CsnOnly',
};

const BY_FIELD_NAME: Readonly<Record<string, string>> = {
  LeadSource: LEAD_SOURCE,
  Industry: INDUSTRY,
  Rating: RATING,
  Salutation: SALUTATION,
  CleanStatus: CLEAN_STATUS,
};

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
}

/** Entries from `a|*b|c`, where the star marks the default. */
export function picklistOf(text: string): PicklistValue[] {
  return text.split('|').map((entry) => {
    const value = entry.startsWith('*') ? entry.slice(1) : entry;
    return { value, label: value, active: true, defaultValue: entry.startsWith('*') };
  });
}

/** The values of a standard picklist; empty where the org defines none. */
export function standardPicklist(object: string, field: string): PicklistValue[] {
  const text =
    VALUES[`${object}.${field}`] ??
    BY_FIELD_NAME[field] ??
    (field.endsWith('GeocodeAccuracy') ? GEOCODE : undefined);
  return text === undefined ? [] : picklistOf(text);
}
