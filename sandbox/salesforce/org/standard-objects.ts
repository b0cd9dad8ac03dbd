/**
 * Which standard objects and fields the org has: an Enterprise org without person accounts, multiple currencies,
 * state and country picklists or add-on clouds. What each field is stands in `facts/sobjects-v67.json`.
 */
export interface StandardObject {
  readonly label: string;
  readonly labelPlural: string;
  /** None where records have no ids of their own. */
  readonly keyPrefix: string | null;
  readonly fields: string;
  /** What people may not do with it: metadata-like objects are read-only over the data API. */
  readonly readOnly?: boolean;
}

const AUDIT = 'CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp';
const VISITS = 'LastActivityDate LastViewedDate LastReferencedDate';

function address(prefix: string, compound: string): string {
  const parts = 'Street City State PostalCode Country Latitude Longitude GeocodeAccuracy';
  return `${parts
    .split(' ')
    .map((part) => prefix + part)
    .join(' ')} ${compound}`;
}

export const STANDARD_OBJECTS: Readonly<Record<string, StandardObject>> = {
  Lead: {
    label: 'Lead',
    labelPlural: 'Leads',
    keyPrefix: '00Q',
    fields: `Id IsDeleted MasterRecordId LastName FirstName Salutation Name Title Company ${address('', 'Address')}
      Phone MobilePhone Fax Email Website PhotoUrl Description LeadSource Status Industry Rating AnnualRevenue
      NumberOfEmployees OwnerId HasOptedOutOfEmail HasOptedOutOfFax IsConverted ConvertedDate ConvertedAccountId
      ConvertedContactId ConvertedOpportunityId IsUnreadByOwner ${AUDIT} ${VISITS} Jigsaw JigsawContactId CleanStatus
      CompanyDunsNumber EmailBouncedReason EmailBouncedDate`,
  },
  Contact: {
    label: 'Contact',
    labelPlural: 'Contacts',
    keyPrefix: '003',
    fields: `Id IsDeleted MasterRecordId AccountId LastName FirstName Salutation Name ${address('Other', 'OtherAddress')}
      ${address('Mailing', 'MailingAddress')} Phone Fax MobilePhone HomePhone OtherPhone AssistantPhone ReportsToId Email
      Title Department AssistantName LeadSource Birthdate Description OwnerId HasOptedOutOfEmail HasOptedOutOfFax
      DoNotCall ${AUDIT} LastCURequestDate LastCUUpdateDate ${VISITS} EmailBouncedReason EmailBouncedDate
      IsEmailBounced PhotoUrl Jigsaw JigsawContactId CleanStatus`,
  },
  Account: {
    label: 'Account',
    labelPlural: 'Accounts',
    keyPrefix: '001',
    fields: `Id IsDeleted MasterRecordId Name Type ParentId ${address('Billing', 'BillingAddress')}
      ${address('Shipping', 'ShippingAddress')} Phone Fax AccountNumber Website PhotoUrl Sic Industry AnnualRevenue
      NumberOfEmployees Ownership TickerSymbol Description Rating Site OwnerId ${AUDIT} ${VISITS} Jigsaw
      JigsawCompanyId CleanStatus AccountSource DunsNumber Tradestyle NaicsCode NaicsDesc YearStarted SicDesc`,
  },
  Opportunity: {
    label: 'Opportunity',
    labelPlural: 'Opportunities',
    keyPrefix: '006',
    fields: `Id IsDeleted AccountId IsPrivate Name Description StageName Amount Probability ExpectedRevenue
      TotalOpportunityQuantity CloseDate Type NextStep LeadSource IsClosed IsWon ForecastCategory ForecastCategoryName
      CampaignId OwnerId ContactId ${AUDIT} ${VISITS}`,
  },
  Campaign: {
    label: 'Campaign',
    labelPlural: 'Campaigns',
    keyPrefix: '701',
    fields: `Id IsDeleted Name ParentId Type Status StartDate EndDate ExpectedRevenue BudgetedCost ActualCost
      ExpectedResponse NumberSent IsActive Description NumberOfLeads NumberOfConvertedLeads NumberOfContacts
      NumberOfResponses NumberOfOpportunities NumberOfWonOpportunities AmountAllOpportunities AmountWonOpportunities
      OwnerId ${AUDIT} ${VISITS}`,
  },
  CampaignMember: {
    label: 'Campaign Member',
    labelPlural: 'Campaign Members',
    keyPrefix: '00v',
    fields: `Id IsDeleted CampaignId LeadId ContactId Status HasResponded FirstRespondedDate ${AUDIT} Salutation Name
      FirstName LastName Title Street City State PostalCode Country Email Phone Fax MobilePhone Description DoNotCall
      HasOptedOutOfEmail HasOptedOutOfFax LeadSource CompanyOrAccount Type LeadOrContactId LeadOrContactOwnerId`,
  },
  CampaignMemberStatus: {
    label: 'Campaign Member Status',
    labelPlural: 'Campaign Member Statuses',
    keyPrefix: '01Y',
    fields: `Id IsDeleted CampaignId Label SortOrder IsDefault HasResponded ${AUDIT}`,
  },
  Task: {
    label: 'Task',
    labelPlural: 'Tasks',
    keyPrefix: '00T',
    fields: `Id IsDeleted WhoId WhatId WhoCount WhatCount Subject ActivityDate Status Priority IsHighPriority OwnerId
      Description Type AccountId IsClosed IsArchived CallDurationInSeconds CallType CallDisposition CallObject
      ReminderDateTime IsReminderSet TaskSubtype CompletedDateTime ${AUDIT}`,
  },
  User: {
    label: 'User',
    labelPlural: 'Users',
    keyPrefix: '005',
    fields: `Id Username LastName FirstName Name CompanyName Division Department Title ${address('', 'Address')} Email
      SenderEmail SenderName Signature Phone Extension Fax MobilePhone Alias CommunityNickname IsActive TimeZoneSidKey
      UserRoleId LocaleSidKey ReceivesInfoEmails ReceivesAdminInfoEmails EmailEncodingKey ProfileId UserType
      LanguageLocaleKey EmployeeNumber ManagerId LastLoginDate LastPasswordChangeDate ${AUDIT} FederationIdentifier
      AboutMe FullPhotoUrl SmallPhotoUrl UserPermissionsMarketingUser`,
  },
  Group: {
    label: 'Group',
    labelPlural: 'Groups',
    keyPrefix: '00G',
    fields: `Id Name DeveloperName RelatedId Type Email OwnerId DoesSendEmailToMembers DoesIncludeBosses ${AUDIT}`,
  },
  Profile: {
    label: 'Profile',
    labelPlural: 'Profiles',
    keyPrefix: '00e',
    fields: `Id Name UserType Description ${AUDIT}`,
    readOnly: true,
  },
  UserRole: {
    label: 'Role',
    labelPlural: 'Roles',
    keyPrefix: '00E',
    fields:
      'Id Name ParentRoleId RollupDescription DeveloperName LastModifiedDate LastModifiedById SystemModstamp',
  },
  PermissionSet: {
    label: 'Permission Set',
    labelPlural: 'Permission Sets',
    keyPrefix: '0PS',
    fields: `Id Name Label ProfileId IsOwnedByProfile IsCustom Description NamespacePrefix ${AUDIT}`,
  },
  PermissionSetAssignment: {
    label: 'Permission Set Assignment',
    labelPlural: 'Permission Set Assignments',
    keyPrefix: '0Pa',
    fields: 'Id PermissionSetId AssigneeId ExpirationDate IsActive SystemModstamp',
  },
  FieldPermissions: {
    label: 'Field Permissions',
    labelPlural: 'Field Permissions',
    keyPrefix: '01k',
    fields: 'Id ParentId SobjectType Field PermissionsEdit PermissionsRead SystemModstamp',
  },
  ObjectPermissions: {
    label: 'Object Permissions',
    labelPlural: 'Object Permissions',
    keyPrefix: '110',
    fields: `Id ParentId SobjectType PermissionsCreate PermissionsRead PermissionsEdit PermissionsDelete
      PermissionsViewAllRecords PermissionsModifyAllRecords ${AUDIT}`,
  },
  LeadStatus: {
    label: 'Lead Status Value',
    labelPlural: 'Lead Status Value',
    keyPrefix: '01J',
    fields: `Id MasterLabel ApiName SortOrder IsDefault IsConverted ${AUDIT}`,
    readOnly: true,
  },
  CronTrigger: {
    label: 'Scheduled Jobs',
    labelPlural: 'Scheduled Jobs',
    keyPrefix: '08e',
    fields: `Id CronJobDetailId NextFireTime PreviousFireTime State StartTime EndTime CronExpression TimeZoneSidKey
      OwnerId LastModifiedById CreatedById CreatedDate TimesTriggered`,
    readOnly: true,
  },
  CronJobDetail: {
    label: 'Cron Job',
    labelPlural: 'Cron Jobs',
    keyPrefix: '08a',
    fields: 'Id Name JobType',
    readOnly: true,
  },
  Organization: {
    label: 'Organization',
    labelPlural: 'Organizations',
    keyPrefix: '00D',
    fields: `Id Name Division ${address('', 'Address')} Phone Fax PrimaryContact DefaultLocaleSidKey TimeZoneSidKey
      LanguageLocaleKey ReceivesInfoEmails ReceivesAdminInfoEmails UiSkin FiscalYearStartMonth OrganizationType
      NamespacePrefix InstanceName IsSandbox TrialExpirationDate SignupCountryIsoCode IsReadOnly ${AUDIT}`,
  },
  UserRecordAccess: {
    label: 'User Record Access',
    labelPlural: 'User Record Access',
    keyPrefix: null,
    fields:
      'Id UserId RecordId HasReadAccess HasEditAccess HasDeleteAccess HasTransferAccess HasAllAccess MaxAccessLevel',
    readOnly: true,
  },
  RecordType: {
    label: 'Record Type',
    labelPlural: 'Record Types',
    keyPrefix: '012',
    fields: `Id Name DeveloperName NamespacePrefix Description BusinessProcessId SobjectType IsActive ${AUDIT}`,
  },
};

/**
 * Where the published reference lists no properties or contradicts the field's own description:
 * attributes of the same words the reference uses, as an org answers them.
 */
export const FACT_CORRECTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Lead: { IsConverted: 'Create, Defaulted on create, Filter, Group, Sort' },
  Account: { IsDeleted: 'Defaulted on create, Filter, Group, Sort' },
  Contact: { AccountId: 'Create, Filter, Group, Nillable, Sort, Update' },
  Campaign: {
    Name: 'Create, Filter, Group, idLookup, Sort, Update',
    ParentId: 'Create, Filter, Group, Nillable, Sort, Update',
    Type: 'Create, Defaulted on create, Filter, Group, Nillable, Sort, Update',
    Status: 'Create, Defaulted on create, Filter, Group, Nillable, Sort, Update',
    StartDate: 'Create, Filter, Group, Nillable, Sort, Update',
    EndDate: 'Create, Filter, Group, Nillable, Sort, Update',
    ExpectedRevenue: 'Create, Filter, Nillable, Sort, Update',
    BudgetedCost: 'Create, Filter, Nillable, Sort, Update',
    ActualCost: 'Create, Filter, Nillable, Sort, Update',
    ExpectedResponse: 'Create, Defaulted on create, Filter, Nillable, Sort, Update',
    NumberSent: 'Create, Defaulted on create, Filter, Nillable, Sort, Update',
    IsActive: 'Create, Defaulted on create, Filter, Group, Sort, Update',
    Description: 'Create, Nillable, Update',
    OwnerId: 'Create, Defaulted on create, Filter, Group, Sort, Update',
  },
  CampaignMember: {
    CampaignId: 'Create, Filter, Group, Sort',
    LeadId: 'Create, Filter, Group, Nillable, Sort',
    ContactId: 'Create, Filter, Group, Nillable, Sort',
    Status: 'Create, Defaulted on create, Filter, Group, Nillable, Sort, Update',
  },
  CampaignMemberStatus: {
    CampaignId: 'Create, Filter, Group, Sort',
    Label: 'Create, Filter, Group, Sort, Update',
    IsDefault: 'Create, Defaulted on create, Filter, Group, Sort, Update',
    HasResponded: 'Create, Defaulted on create, Filter, Group, Sort, Update',
    SortOrder: 'Create, Filter, Group, Nillable, Sort, Update',
  },
  Task: {
    Status: 'Create, Defaulted on create, Filter, Group, Sort, Update',
    Priority: 'Create, Defaulted on create, Filter, Group, Sort, Update',
    Description: 'Create, Nillable, Update',
  },
  PermissionSetAssignment: { IsActive: 'Create, Defaulted on create, Filter, Group, Sort' },
};

/** References whose target the reference leaves out, by field name. */
export const REFERENCE_TARGETS: Readonly<Record<string, { to: string; relationship: string }>> = {
  CreatedById: { to: 'User', relationship: 'CreatedBy' },
  LastModifiedById: { to: 'User', relationship: 'LastModifiedBy' },
  ProfileId: { to: 'Profile', relationship: 'Profile' },
  UserRoleId: { to: 'UserRole', relationship: 'UserRole' },
  ParentRoleId: { to: 'UserRole', relationship: 'ParentRole' },
  PermissionSetId: { to: 'PermissionSet', relationship: 'PermissionSet' },
  AssigneeId: { to: 'User', relationship: 'Assignee' },
};

/** Child relationship names as Salesforce gives them, by `Child.Field`; others have none. */
export const CHILD_RELATIONSHIPS: Readonly<Record<string, string>> = {
  'Contact.AccountId': 'Contacts',
  'Contact.ReportsToId': 'ContactReports',
  'Account.ParentId': 'ChildAccounts',
  'Opportunity.AccountId': 'Opportunities',
  'Opportunity.CampaignId': 'Opportunities',
  'Campaign.ParentId': 'ChildCampaigns',
  'CampaignMember.CampaignId': 'CampaignMembers',
  'CampaignMember.LeadId': 'CampaignMembers',
  'CampaignMember.ContactId': 'CampaignMembers',
  'CampaignMemberStatus.CampaignId': 'CampaignMemberStatuses',
  'Task.WhoId': 'Tasks',
  'Task.WhatId': 'Tasks',
  'User.ManagerId': 'ManagedUsers',
  'User.ProfileId': 'Users',
  'User.UserRoleId': 'Users',
  'PermissionSetAssignment.PermissionSetId': 'Assignments',
  'PermissionSetAssignment.AssigneeId': 'PermissionSetAssignments',
  'FieldPermissions.ParentId': 'FieldPerms',
  'ObjectPermissions.ParentId': 'ObjectPerms',
};
