import type { Story } from '../story.ts';

export const pageReadBeforeAnAnswer: Story = {
  seed: 1952,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'ask',
      lastName: 'platform',
      phone: 'ask',
      title: 'ask',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 3,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: 314, platform: -20435, database: 16536, one: 254, two: 423, web: 19650 },
  },
  plot: null,
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
    {
      at: -998,
      tenant: 0,
      person: 1,
      serial: 3,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    { at: 36911, tenant: 0, person: 0, serial: 4, deed: { kind: 'run', direction: 'outbound', role: 'two' } },
    { at: 37154, tenant: 0, person: 1, serial: 9, deed: { kind: 'consent', side: 'platform', optOut: true } },
    { at: 37207, tenant: 0, person: 0, serial: 5, deed: { kind: 'run', direction: 'inbound', role: 'one' } },
    {
      at: 37431,
      tenant: 0,
      person: 1,
      serial: 8,
      deed: { kind: 'edit', side: 'salesforce', field: 'lastName', isCleared: false, late: 0 },
    },
  ],
  span: 85000,
};
