import type { Story } from '../story.ts';

export const placeholderThatCameBack: Story = {
  seed: 499,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'salesforce',
      lastName: 'ask',
      phone: 'salesforce',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: true,
    ending: 'calm',
    skew: { salesforce: 304, platform: -164, database: -31, one: -109, two: -508, web: 72284 },
  },
  plot: 'hiccup',
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'contact', loud: true, optsOut: false },
    },
    {
      at: 569655,
      tenant: 0,
      person: 0,
      serial: 15,
      deed: { kind: 'ask', want: 'create_lead', byTag: false },
    },
    { at: 645541, tenant: 0, person: 0, serial: 9, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
    { at: 648452, tenant: 0, person: 0, serial: 14, deed: { kind: 'convert', isIntoContact: true } },
  ],
  span: 1140000,
};
