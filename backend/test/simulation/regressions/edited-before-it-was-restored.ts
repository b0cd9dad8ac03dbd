import type { Story } from '../story.ts';

export const editedBeforeItWasRestored: Story = {
  seed: 1977,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'newest',
      phone: 'salesforce',
      title: 'salesforce',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 3,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: -71150, platform: 22, database: 355, one: 530, two: 15, web: -240 },
  },
  plot: 'farewell',
  steps: [
    {
      at: -996,
      tenant: 0,
      person: 4,
      serial: 5,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 141793,
      tenant: 0,
      person: 4,
      serial: 16,
      deed: { kind: 'edit', side: 'platform', field: 'title', isCleared: false, late: 0 },
    },
    { at: 143317, tenant: 0, person: 4, serial: 17, deed: { kind: 'delete', side: 'salesforce' } },
    {
      at: 856154,
      tenant: 0,
      person: 0,
      serial: 10,
      deed: { kind: 'run', direction: 'outbound', role: 'two' },
    },
    { at: 858754, tenant: 0, person: 3, serial: 11, deed: { kind: 'restore' } },
  ],
  span: 1200000,
};
