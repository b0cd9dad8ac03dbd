import type { Story } from '../story.ts';

export const policyChangedWhileAnEditIsDue: Story = {
  seed: 86179,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'newest',
      phone: 'platform',
      title: 'platform',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2,
    isSwift: true,
    ending: 'calm',
    skew: { salesforce: 610, platform: -125, database: 29, one: 53416, two: 473, web: -216 },
  },
  plot: 'clash',
  steps: [
    {
      at: -996,
      tenant: 0,
      person: 3,
      serial: 5,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 77359,
      tenant: 0,
      person: 3,
      serial: 20,
      deed: { kind: 'edit', side: 'salesforce', field: 'phone', isCleared: false, late: 0 },
    },
    {
      at: 77930,
      tenant: 0,
      person: 3,
      serial: 21,
      deed: { kind: 'edit', side: 'platform', field: 'phone', isCleared: false, late: 0 },
    },
    {
      at: 81359,
      tenant: 0,
      person: 0,
      serial: 22,
      deed: { kind: 'run', direction: 'outbound', role: 'one' },
    },
    {
      at: 450425,
      tenant: 0,
      person: 3,
      serial: 19,
      deed: { kind: 'remap', field: 'phone', policy: 'newest', isMapped: true },
    },
  ],
  span: 1080000,
};
