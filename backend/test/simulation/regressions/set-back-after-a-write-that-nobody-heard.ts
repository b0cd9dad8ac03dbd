import type { Story } from '../story.ts';

export const setBackAfterAWriteThatNobodyHeard: Story = {
  seed: 102565,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'salesforce',
      lastName: 'salesforce',
      phone: 'salesforce',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: false,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 1,
    isSwift: true,
    ending: 'prompt',
    skew: {
      salesforce: 712,
      platform: 31646,
      database: -72208,
      one: 37031,
      two: -86961,
      web: -426,
    },
  },
  plot: 'death',
  steps: [
    {
      at: -999,
      tenant: 0,
      person: 1,
      serial: 2,
      deed: {
        kind: 'create',
        where: 'Contact',
        loud: false,
        optsOut: false,
      },
    },
    {
      at: 19658,
      tenant: 0,
      person: 1,
      serial: 9,
      deed: {
        kind: 'rename',
        side: 'salesforce',
        to: 'fresh',
        somebody: 1,
      },
    },
    {
      at: 38490,
      tenant: 0,
      person: 0,
      serial: 11,
      deed: {
        kind: 'crash',
        role: 'one',
      },
      cue: {
        vendor: 'platform',
        call: 'write',
        skip: 0,
        moment: 'before',
      },
    },
    {
      at: 38890,
      tenant: 0,
      person: 0,
      serial: 12,
      deed: {
        kind: 'run',
        direction: 'outbound',
        role: 'one',
      },
    },
    {
      at: 47458,
      tenant: 0,
      person: 1,
      serial: 5,
      deed: {
        kind: 'rename',
        side: 'salesforce',
        to: 'louder',
        somebody: 0,
      },
    },
  ],
  span: 75000,
};
