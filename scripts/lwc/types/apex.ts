/** The package's Apex methods as components import them. Times in answers of the service are ISO texts. */

declare module '@salesforce/apex/SetupController.getStatus' {
  type Status = { started: false } | { started: true; setup: import('service').SetupState };
  export default function getStatus(): Promise<Status>;
}
declare module '@salesforce/apex/SetupController.start' {
  export default function start(): Promise<{ started: true }>;
}
declare module '@salesforce/apex/SetupController.getConnections' {
  export default function getConnections(): Promise<import('service').ConnectionList>;
}
declare module '@salesforce/apex/SetupController.connectActiveCampaign' {
  export default function connectActiveCampaign(input: {
    account: string;
    apiKey: string;
  }): Promise<import('service').Connection>;
}
declare module '@salesforce/apex/SetupController.startAuthorization' {
  export default function startAuthorization(input: {
    returnUrl: string;
  }): Promise<import('service').AuthorizationStarted>;
}
declare module '@salesforce/apex/SetupController.getAuthorization' {
  export default function getAuthorization(input: {
    authorizationId: string;
  }): Promise<import('service').Authorization>;
}
declare module '@salesforce/apex/SetupController.disconnect' {
  export default function disconnect(input: { connectionId: string }): Promise<import('service').Connection>;
}

declare module '@salesforce/apex/SetupController.getFields' {
  export default function getFields(): Promise<import('service').Fields>;
}
declare module '@salesforce/apex/SetupController.getPairs' {
  export default function getPairs(input: {
    objectName: string;
    platformFields: string;
  }): Promise<{ pairs: import('service').FieldPair[] }>;
}
declare module '@salesforce/apex/SetupController.getAccountNamePairs' {
  export default function getAccountNamePairs(): Promise<{ pairs: import('service').FieldPair[] }>;
}
declare module '@salesforce/apex/SetupController.getMappings' {
  export default function getMappings(): Promise<{ mappings: import('service').ObjectMapping[] }>;
}
declare module '@salesforce/apex/SetupController.checkMapping' {
  export default function checkMapping(input: {
    objectName: string;
    mapping: string;
  }): Promise<{ problems: import('service').MappingProblem[] }>;
}
declare module '@salesforce/apex/SetupController.saveMapping' {
  export default function saveMapping(input: {
    objectName: string;
    mapping: string;
  }): Promise<import('service').ObjectMapping>;
}
declare module '@salesforce/apex/SetupController.previewMapping' {
  export default function previewMapping(input: {
    objectName: string;
    mapping: string;
  }): Promise<import('service').MappingPreview>;
}

declare module '@salesforce/apex/SetupController.getSelections' {
  type ObjectSelection = { object: import('service').Person; selection: import('service').Selection };
  export default function getSelections(): Promise<{ selections: ObjectSelection[] }>;
}
declare module '@salesforce/apex/SetupController.previewSelection' {
  export default function previewSelection(input: {
    objectName: string;
    selection: string;
  }): Promise<import('service').SelectionPreview>;
}
declare module '@salesforce/apex/SetupController.saveSelection' {
  export default function saveSelection(input: {
    objectName: string;
    selection: string;
  }): Promise<import('service').Selection>;
}
declare module '@salesforce/apex/SetupController.getSchedules' {
  export default function getSchedules(): Promise<{ schedules: import('service').ScheduleState[] }>;
}
declare module '@salesforce/apex/SetupController.saveSchedule' {
  export default function saveSchedule(input: {
    direction: string;
    schedule: string;
    paused: boolean;
  }): Promise<import('service').ScheduleState>;
}
declare module '@salesforce/apex/SetupController.removeSchedule' {
  export default function removeSchedule(input: {
    direction: string;
  }): Promise<import('service').ScheduleState>;
}
declare module '@salesforce/apex/SetupController.getOrgJobs' {
  export default function getOrgJobs(): Promise<import('service').OrgJob[]>;
}

declare module '@salesforce/apex/SetupController.getOffer' {
  export default function getOffer(): Promise<import('service').AutomationOffer>;
}
declare module '@salesforce/apex/SetupController.getCampaigns' {
  export default function getCampaigns(): Promise<import('service').Campaigns>;
}
declare module '@salesforce/apex/SetupController.getAutomations' {
  export default function getAutomations(): Promise<import('service').Automations>;
}
declare module '@salesforce/apex/SetupController.saveOffer' {
  export default function saveOffer(input: { offer: string }): Promise<import('service').AutomationOffer>;
}
declare module '@salesforce/apex/SetupController.startDryRun' {
  export default function startDryRun(): Promise<{ id: string }>;
}
declare module '@salesforce/apex/SetupController.getDryRun' {
  export default function getDryRun(input: { dryRunId: string }): Promise<import('service').DryRun>;
}
declare module '@salesforce/apex/HealthController.startRun' {
  export default function startRun(input: { direction: string }): Promise<import('service').Run>;
}
declare module '@salesforce/apex/HealthController.getRun' {
  export default function getRun(input: { runId: string }): Promise<import('service').Run>;
}
declare module '@salesforce/apex/HealthController.getCauses' {
  export default function getCauses(): Promise<{ causes: import('service').Cause[] }>;
}
declare module '@salesforce/apex/HealthController.getRuns' {
  export default function getRuns(input: {
    before: string | null;
  }): Promise<{ runs: import('service').Run[] }>;
}

declare module '@salesforce/apex/RecordController.getActivities' {
  export default function getActivities(input: {
    recordId: string;
    howMany: number;
  }): Promise<import('service').Activities>;
}
declare module '@salesforce/apex/RecordController.getOffers' {
  export default function getOffers(): Promise<import('service').Offers>;
}
declare module '@salesforce/apex/RecordController.sendCampaign' {
  export default function sendCampaign(input: {
    recordId: string;
    campaignId: string;
    confirmed: boolean;
  }): Promise<unknown>;
}
declare module '@salesforce/apex/RecordController.addToAutomation' {
  export default function addToAutomation(input: {
    recordId: string;
    automationId: string;
    confirmed: boolean;
  }): Promise<unknown>;
}
declare module '@salesforce/apex/RecordController.getRecord' {
  export default function getRecord(input: { recordId: string }): Promise<import('service').SyncedRecord>;
}
declare module '@salesforce/apex/RecordController.syncNow' {
  export default function syncNow(input: { recordId: string }): Promise<unknown>;
}
declare module '@salesforce/apex/RecordController.chooseConflict' {
  export default function chooseConflict(input: {
    recordId: string;
    conflictId: number;
    winner: 'salesforce' | 'platform';
  }): Promise<unknown>;
}
