import type { Story } from '../story.ts';

export const setBackWhileItIsWritten: Story = {
  seed: 395,
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
    emptyWins: true,
    hasAccounts: false,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 2000,
    isSwift: true,
    ending: 'prompt',
    skew: { salesforce: 63116, platform: -772, database: -766, one: -154, two: 30230, web: -191 },
  },
  plot: 'crossing',
  steps: [
    {
      at: -998,
      tenant: 0,
      person: 1,
      serial: 3,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    {
      at: 89118,
      tenant: 0,
      person: 1,
      serial: 14,
      deed: { kind: 'rename', side: 'salesforce', to: 'fresh', somebody: 1 },
    },
    {
      at: 89246,
      tenant: 0,
      person: 0,
      serial: 17,
      deed: { kind: 'fault', vendor: 'platform', fault: 'slow_answer', writesOnly: true, times: 2 },
    },
    { at: 89626, tenant: 0, person: 0, serial: 8, deed: { kind: 'run', direction: 'outbound', role: 'two' } },
    {
      at: 90841,
      tenant: 0,
      person: 1,
      serial: 9,
      deed: { kind: 'rename', side: 'platform', to: 'louder', somebody: 2 },
    },
    { at: 96146, tenant: 0, person: 0, serial: 20, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
  ],
  span: 153000,
};
