/** Answers of the service as tests need them. */
import type {
  Connection,
  DryRun,
  DryRunDirection,
  FieldPair,
  Fields,
  ObjectMapping,
  PlatformField,
  RecordField,
  Run,
  SalesforceField,
  ScheduleState,
  SetupState,
  SyncedRecord,
} from './types/service.ts';

export function connection(changes: Partial<Connection> = {}): Connection {
  return {
    id: '5f0c6f2e-8f5e-4d0c-9f0e-0a2b3c4d5e6f',
    platform: 'activecampaign',
    state: 'connected',
    since: '2026-01-01T00:00:00.000Z',
    problem: null,
    account: 'acme.api-us1.com',
    accountName: 'Acme',
    userName: 'Ada',
    baseUrl: 'https://acme.api-us1.com',
    authMethod: 'api_key',
    keyHint: 'cdef',
    packageNamespace: null,
    dailyApiShare: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

/** @param done ids of the steps that are done */
export function setup(...done: SetupState['steps'][number]['id'][]): SetupState {
  const ids = ['connect', 'mapping', 'selection', 'automation'] as const;
  return {
    setupSessionId: null,
    state: 'active',
    orgId: '00D000000000001AAA',
    instanceUrl: 'https://acme.my.salesforce.com',
    packageVersion: null,
    expiresAt: null,
    mappingUnseenSince: null,
    steps: ids.map((id) => ({ id, done: done.includes(id), parts: {} })),
  };
}

export function salesforceField(name: string, changes: Partial<SalesforceField> = {}): SalesforceField {
  return {
    name,
    label: name,
    type: 'string',
    length: 80,
    custom: false,
    calculated: false,
    updateable: true,
    filterable: true,
    operators: ['equals', 'contains', 'is_empty', 'in'],
    picklistValues: [],
    ...changes,
  };
}

export function platformField(key: string, changes: Partial<PlatformField> = {}): PlatformField {
  return { key, label: key, type: 'text', options: [], custom: false, ...changes };
}

export function fields(changes: Partial<Fields['platform']> = {}): Fields {
  const person = ['FirstName', 'LastName', 'Email', 'Phone'].map((name) => salesforceField(name));
  return {
    salesforce: {
      Lead: [...person, salesforceField('Company'), salesforceField('Budget__c', { custom: true })],
      Contact: person,
      Account: [salesforceField('Name'), salesforceField('Industry')],
    },
    platform: {
      contact: [
        platformField('email', { label: 'Email' }),
        platformField('firstName', { label: 'First name' }),
        platformField('field:1', { label: 'Size', custom: true }),
        platformField('field:2', { label: 'Colour', custom: true }),
      ],
      account: [platformField('name', { label: 'Account name' }), platformField('field:9', { custom: true })],
      ...changes,
    },
  };
}

export function mapping(
  object: ObjectMapping['object'],
  rows: readonly (readonly [salesforce: string, platform: string])[],
  changes: Partial<ObjectMapping> = {},
): ObjectMapping {
  return {
    object,
    enabled: true,
    saved: false,
    problems: [],
    fields: rows.map(([salesforce, platform]) => ({
      salesforce,
      platform,
      direction: 'both',
      policy: 'salesforce',
      emptyWins: false,
    })),
    ...changes,
  };
}

export function pair(salesforce: string, platform: string, changes: Partial<FieldPair> = {}): FieldPair {
  return {
    salesforce,
    platform,
    allowed: true,
    direction: 'both',
    lossy: false,
    defaultPolicy: 'salesforce',
    reason: null,
    ...changes,
  };
}

export function refusedPair(salesforce: string, platform: string, reason: string): FieldPair {
  return pair(salesforce, platform, { allowed: false, direction: null, defaultPolicy: null, reason });
}

export function schedule(changes: Partial<ScheduleState> = {}): ScheduleState {
  return {
    direction: 'outbound',
    schedule: null,
    timeZone: 'Europe/Madrid',
    paused: false,
    nextRunAt: null,
    lastRunAt: null,
    waiting: 0,
    ...changes,
  };
}

export function dryRunDirection(changes: Partial<DryRunDirection> = {}): DryRunDirection {
  return { create: 0, update: 0, conflict: 0, skip: 0, unchanged: 0, skips: [], samples: [], ...changes };
}

export function dryRun(changes: Partial<DryRun> = {}): DryRun {
  return {
    id: '6f0c6f2e-8f5e-4d0c-9f0e-0a2b3c4d5e6f',
    state: 'succeeded',
    stage: null,
    requestedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    read: { salesforce: 0, platform: 0 },
    outbound: dryRunDirection(),
    inbound: dryRunDirection(),
    error: null,
    ...changes,
  };
}

export function run(changes: Partial<Run> = {}): Run {
  return {
    id: '7f0c6f2e-8f5e-4d0c-9f0e-0a2b3c4d5e6f',
    connectionId: '5f0c6f2e-8f5e-4d0c-9f0e-0a2b3c4d5e6f',
    direction: 'outbound',
    trigger: 'manual',
    state: 'running',
    stage: null,
    counts: {
      observed: { salesforce: 0, platform: 0 },
      created: 0,
      updated: 0,
      linked: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      stopped: 0,
      conflicts: 0,
    },
    calls: { salesforce: 0, platform: 0 },
    progress: { done: 0, total: null, recordsPerSecond: null, secondsLeft: null },
    error: null,
    queuedAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

export function recordField(changes: Partial<RecordField> = {}): RecordField {
  return {
    salesforceField: 'Phone',
    salesforceLabel: 'Phone number',
    platformField: 'phone',
    platformLabel: 'Phone',
    direction: 'both',
    policy: 'salesforce',
    salesforce: '1',
    agreed: '1',
    platform: '1',
    lastWriter: null,
    conflictId: null,
    ...changes,
  };
}

export function syncedRecord(changes: Partial<SyncedRecord> = {}): SyncedRecord {
  return {
    object: 'Lead',
    salesforceId: '00Q000000000001AAA',
    platformId: '7',
    name: 'Ada',
    state: 'linked',
    status: 'Synced successfully',
    problem: null,
    outboundDue: null,
    inboundDue: null,
    stateReason: null,
    salesforceChangedAt: null,
    platformChangedAt: null,
    fields: [recordField()],
    ...changes,
  };
}
