import type { Story } from '../story.ts';

export const idCarriedToAContactThatAConversionMakes: Story = {
  seed: 1685,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'ask',
      phone: 'newest',
      title: 'ask',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: 148, platform: -90, database: 585, one: 171, two: 37424, web: 163 },
  },
  plot: 'clash',
  steps: [
    {
      at: -996,
      tenant: 0,
      person: 3,
      serial: 5,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    { at: 45656, tenant: 0, person: 0, serial: 6, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
    {
      at: 217880,
      tenant: 0,
      person: 3,
      serial: 15,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 555054,
      tenant: 0,
      person: 0,
      serial: 9,
      deed: { kind: 'run', direction: 'outbound', role: 'two' },
    },
    { at: 556490, tenant: 0, person: 3, serial: 10, deed: { kind: 'convert', isIntoContact: false } },
  ],
  span: 600000,
};
