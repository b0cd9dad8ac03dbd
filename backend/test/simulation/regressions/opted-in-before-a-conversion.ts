import type { Story } from '../story.ts';

export const optedInBeforeAConversion: Story = {
  seed: 75762,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'platform',
      phone: 'salesforce',
      title: 'salesforce',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: true,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 2,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: 695, platform: -41519, database: -362, one: 645, two: -11519, web: -14795 },
  },
  plot: 'outage',
  steps: [
    {
      at: -999,
      tenant: 0,
      person: 1,
      serial: 2,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: true },
    },
    {
      at: 38154,
      tenant: 0,
      person: 1,
      serial: 6,
      deed: { kind: 'consent', side: 'platform', optOut: false },
    },
    { at: 38407, tenant: 0, person: 0, serial: 4, deed: { kind: 'run', direction: 'outbound', role: 'one' } },
    { at: 39851, tenant: 0, person: 1, serial: 12, deed: { kind: 'convert', isIntoContact: false } },
  ],
  span: 61000,
};
