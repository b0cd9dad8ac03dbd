/** Answers of the service as tests need them. */
import type { Connection, SetupState } from './types/service.ts';

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
    steps: ids.map((id) => ({ id, done: done.includes(id), parts: {} })),
  };
}
