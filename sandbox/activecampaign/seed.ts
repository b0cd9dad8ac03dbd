import type { MarketingAccount } from './state/account.ts';
import type { FieldType } from './state/fields.ts';

interface SeedField {
  readonly title: string;
  readonly type: FieldType;
  readonly options?: readonly string[];
}

/** A field of every type. The check box with the one option `true` is the one that a yes/no field maps to. */
const FIELDS: readonly SeedField[] = [
  { title: 'Job Title', type: 'text' },
  { title: 'About', type: 'textarea' },
  { title: 'External Key', type: 'hidden' },
  {
    title: 'Industry',
    type: 'dropdown',
    options: ['Agriculture', 'Banking', 'Construction', 'Education', 'Energy', 'Retail', 'Technology'],
  },
  { title: 'Preferred Language', type: 'radio', options: ['English', 'Spanish'] },
  { title: 'Product Interests', type: 'listbox', options: ['Irrigation', 'Sensors', 'Service', 'Training'] },
  { title: 'Newsletter', type: 'checkbox', options: ['true'] },
  { title: 'Customer Since', type: 'date' },
  { title: 'Last Webinar', type: 'datetime' },
  { title: 'Annual Revenue', type: 'text' },
  { title: 'Lead Status', type: 'dropdown', options: ['Open', 'Working', 'Closed'] },
  { title: 'Website', type: 'text' },
];

const YEAR_MS = 365 * 24 * 3_600_000;

/** What an account has before it has contacts: fields, lists, automations, campaigns. */
export function seedSetup(account: MarketingAccount): void {
  const at = account.time.now() - YEAR_MS;
  for (const { title, type, options = [] } of FIELDS) {
    const field = account.fields.create({ title, type }, at);
    account.fields.relate(field.id, 0, at);
    options.forEach((value, index) =>
      account.fields.addOption(
        { field: field.id, value, label: value, order: index + 1, isDefault: false },
        at,
      ),
    );
  }
  seedCompanyFields(account, at);
  for (const [name, stringId] of [
    ['Customers', 'customers'],
    ['Field Notes newsletter', 'field-notes'],
  ] as const) {
    const senderReminder = 'You signed up on our website.';
    account.lists.create(
      { name, stringId, senderUrl: 'https://harbourfield.example', senderReminder, channel: 'email' },
      at,
    );
  }
  seedAutomations(account, at);
  seedCampaigns(account, at);
}

function seedCompanyFields(account: MarketingAccount, at: number): void {
  const common = { defaultValue: null, visible: true, required: false };
  const { companyFields } = account;
  companyFields.create({ ...common, label: 'Description', type: 'textarea', options: null }, at);
  companyFields.create({ ...common, label: 'Employees', type: 'number', options: null }, at);
  companyFields.create({ ...common, label: 'Annual Revenue', type: 'currency', options: null }, at);
  companyFields.create(
    {
      ...common,
      label: 'Industry',
      type: 'dropdown',
      options: ['Banking', 'Construction', 'Energy', 'Technology'],
    },
    at,
  );
  companyFields.create(
    { ...common, label: 'Products', type: 'multiselect', options: ['Irrigation', 'Sensors', 'Service'] },
    at,
  );
  companyFields.create({ ...common, label: 'Customer Since', type: 'date', options: null }, at);
}

function seedAutomations(account: MarketingAccount, at: number): void {
  const create = (
    name: string,
    status: 1 | 2,
    steps: Parameters<typeof account.automations.create>[0]['steps'],
  ) => account.automations.create({ name, status, trigger: null, steps }, at);
  create('Welcome series', 1, [
    { kind: 'wait', seconds: 86_400 },
    { kind: 'tag', tag: 'welcomed' },
  ]);
  create('Salesforce: nurture new leads', 1, [
    { kind: 'tag', tag: 'in-nurture' },
    { kind: 'wait', seconds: 3 * 86_400 },
    { kind: 'tag', tag: 'nurtured' },
  ]);
  create('Renewal reminder for Salesforce accounts', 1, [{ kind: 'tag', tag: 'renewal-reminded' }]);
  create('Win back', 1, [{ kind: 'tag', tag: 'win-back' }]);
  create('Old product launch', 2, []);
}

function seedCampaigns(account: MarketingAccount, at: number): void {
  const site = 'https://harbourfield.example';
  const create = (name: string, subject: string, body: string, paths: readonly string[], status: 0 | 5 = 5) =>
    account.campaigns.create(
      { name, subject, body, status, links: paths.map((path) => site + path), list: 2 },
      at,
    );
  create('Field Notes, spring', 'What we learned this spring', 'Three farms, three lessons.', [
    '/notes/spring',
  ]);
  create('Salesforce follow-up: pricing', 'The prices you asked for', 'Here they are.', [
    '/pricing',
    '/contact',
  ]);
  create('SALESFORCE webinar invitation', 'Join our webinar', 'Thursday at ten.', ['/webinar']);
  create('Sensor launch', 'Meet the new sensor', 'It lasts two years on one battery.', ['/sensor']);
  create('Autumn sale (draft)', 'Autumn sale', 'Soon.', ['/sale'], 0);
}
