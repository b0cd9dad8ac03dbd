import { saveMapping } from '../../src/store/settings.ts';
import { chooseConflict } from '../../src/store/conflicts.ts';
import { makeDue } from '../../src/store/links.ts';
import { packageFields, syncStatus } from '../../src/engine/marks.ts';
import { mappingsOf } from './settings.ts';
import { recordsOf } from './people.ts';
import { salesforceNames } from './records.ts';
import type { Deed, Step, Story } from './story.ts';
import type { Tenant } from './tenant.ts';
import { emailOf, valueOf } from './values.ts';
import type { World } from './world.ts';

type Doing<K extends Deed['kind']> = (
  world: World,
  tenant: Tenant,
  deed: Extract<Deed, { kind: K }>,
  step: Step,
  story: Story,
) => boolean;

const people = ['Lead', 'Contact'] as const;

/** What people do, rather than what befalls the service. */
export type PeoplesDeed = Exclude<Deed, { kind: 'run' | 'crash' | 'freeze' | 'fault' }>;

/** What people do at the vendors and in the setup pages. Each tells whether it could be done. */
const doings: { readonly [K in PeoplesDeed['kind']]: Doing<K> } = {
  create(world, tenant, { where, loud, optsOut: optOut }, { person, serial }) {
    const email = emailOf(tenant, person);
    const names = {
      firstName: valueOf(tenant, 'first', serial),
      lastName: valueOf(tenant, 'last', serial),
      phone: valueOf(tenant, 'phone', serial),
    };
    if (where === 'contact')
      return world.act(
        tenant,
        'platform',
        () => tenant.platform.create(email, { ...names, optOut }) !== null,
      );
    const row = {
      FirstName: names.firstName,
      LastName: names.lastName,
      Email: loud ? email.toUpperCase() : email,
      HasOptedOutOfEmail: optOut,
      ...(where === 'Lead' ? { Company: `${tenant.name} company ${1 + (serial % 3)}` } : {}),
    };
    return world.act(tenant, 'salesforce', () => tenant.salesforce.insert(where, row) !== null);
  },

  edit(world, tenant, { side, field, isCleared, late }, { person, serial }) {
    const value = isCleared && field !== 'lastName' ? null : valueOf(tenant, field, serial);
    if (side === 'platform')
      return onPlatform(world, tenant, person, (id) => tenant.platform.update(id, { [field]: value }));
    const write = (): boolean =>
      inSalesforce(world, tenant, person, serial, (object, id) =>
        tenant.salesforce.update(object, id, { [salesforceNames[field]]: value }),
      );
    if (late === 0) return write();
    const began = world.scheduler.now;
    world.scheduler.after(late, () => void world.bench.time.asOf(began, write));
    return true;
  },

  rename(world, tenant, { side, to, somebody }, { person, serial }) {
    const now = emailOf(tenant, person);
    const email = {
      fresh: emailOf(tenant, person, serial),
      somebody: emailOf(tenant, somebody),
      nothing: null,
      louder: now.toUpperCase(),
    }[to];
    return side === 'platform'
      ? onPlatform(world, tenant, person, (id) => tenant.platform.update(id, { email }))
      : inSalesforce(world, tenant, person, serial, (object, id) =>
          tenant.salesforce.update(object, id, { Email: email }),
        );
  },

  consent(world, tenant, { side, optOut }, { person, serial }) {
    return side === 'platform'
      ? onPlatform(world, tenant, person, (id) => tenant.platform.update(id, { optOut }))
      : inSalesforce(world, tenant, person, serial, (object, id) =>
          tenant.salesforce.update(object, id, { HasOptedOutOfEmail: optOut }),
        );
  },

  delete(world, tenant, { side }, { person, serial }) {
    return side === 'platform'
      ? onPlatform(world, tenant, person, (id) => tenant.platform.delete(id))
      : inSalesforce(world, tenant, person, serial, (_object, id) => tenant.salesforce.delete(id));
  },

  restore(world, tenant) {
    const gone = [...world.snapshot(tenant, 'salesforce').values()].filter(
      ({ isGone, heir }) => isGone && heir === null,
    );
    const last = gone.at(-1);
    return last !== undefined && world.act(tenant, 'salesforce', () => tenant.salesforce.undelete(last.id));
  },

  merge(world, tenant, _deed, { person, serial }) {
    const [loser] = recordsOf(world, tenant, person, people);
    if (loser === undefined) return false;
    const others = [...world.snapshot(tenant, 'salesforce').values()].filter(
      ({ kind, isGone, id }) => kind === loser.kind && !isGone && id !== loser.id,
    );
    const master = others[serial % Math.max(1, others.length)];
    if (master === undefined) return false;
    return world.act(tenant, 'salesforce', () => tenant.salesforce.merge(loser.kind, master.id, loser.id));
  },

  convert(world, tenant, { isIntoContact }, { person }) {
    const [lead] = recordsOf(world, tenant, person, ['Lead']);
    if (lead === undefined) return false;
    const [contact] = isIntoContact ? recordsOf(world, tenant, person, ['Contact']) : [];
    return world.act(tenant, 'salesforce', () => tenant.salesforce.convert(lead.id, contact?.id ?? null));
  },

  employ(world, tenant, { side, company }, { person, serial }) {
    const name = `${tenant.name} company ${company}`;
    if (side === 'platform')
      return onPlatform(world, tenant, person, (id) => tenant.platform.employ(id, name));
    return inSalesforce(world, tenant, person, serial, (object, id) => {
      if (object === 'Lead') return tenant.salesforce.update('Lead', id, { Company: name });
      const known = [...world.snapshot(tenant, 'salesforce').values()].find(
        ({ kind, isGone, values }) => kind === 'Account' && !isGone && values.account === name,
      );
      const account = known?.id ?? tenant.salesforce.insert('Account', { Name: name });
      return tenant.salesforce.update('Contact', id, { AccountId: account });
    });
  },

  ask(world, tenant, { want, byTag }, { person }) {
    const [contact] = recordsOf(world, tenant, person, ['contact']).filter(({ kind }) => kind === 'contact');
    if (contact === undefined) return false;
    if (byTag) {
      const tag = want === 'create_lead' ? 'create-salesforce-lead' : 'create-salesforce-contact';
      return world.act(tenant, 'platform', () => tenant.platform.tag(contact.id, tag));
    }
    world.hint(tenant.scope, contact.id, [want]);
    return true;
  },

  look(world, tenant, _deed, { person }) {
    const prefix = emailOf(tenant, person).split('@', 1)[0] ?? '';
    const named = world.history.changes.findLast(
      ({ tenant: of, kind, field, after }) =>
        of === tenant.name &&
        kind === 'contact' &&
        field === 'email' &&
        typeof after === 'string' &&
        after.split(/[@+]/, 1)[0] === prefix,
    );
    if (named === undefined) return false;
    world.looks.push({ tenant: tenant.name, contact: named.id, order: world.history.next() });
    world.hint(tenant.scope, named.id, ['look']);
    return true;
  },

  flag(world, tenant, _deed, { person, serial }) {
    const status = packageFields('').status;
    return inSalesforce(world, tenant, person, serial, (object, id) =>
      tenant.salesforce.update(object, id, { [status]: syncStatus.waiting }),
    );
  },

  choose(world, tenant, { winner }) {
    const { machine, database, clock, ready } = world.worker('web');
    const { tenantId } = tenant.scope;
    void machine.run(async () => {
      await ready;
      await database.withTenant(tenantId, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          "SELECT id FROM conflict WHERE tenant_id = $1 AND state = 'open' ORDER BY id LIMIT 1",
          [tenantId],
        );
        const id = rows[0]?.id;
        if (id === undefined) return;
        const chosen = await chooseConflict(tx, tenantId, id, { winner, by: 'somebody' });
        if (chosen !== null) await makeDue(tx, tenant.scope, [chosen.linkId], clock.now());
      });
    });
    return true;
  },

  remap(world, tenant, { field, policy, isMapped }, _step, story) {
    const { machine, database } = world.worker('web');
    const settings = { ...story.settings, policies: { ...story.settings.policies, [field]: policy } };
    const mappings = mappingsOf(settings, isMapped ? [] : [field]);
    void machine.run(() =>
      database.withTenant(tenant.scope.tenantId, async (tx) => {
        for (const mapping of mappings) await saveMapping(tx, tenant.scope, mapping);
      }),
    );
    return true;
  },

  hide(_world, tenant, { isHidden }) {
    for (const object of people) tenant.salesforce.hideField(object, 'Title', isHidden);
    return true;
  },

  lock(world, tenant, { times }, { person }) {
    const [record] = recordsOf(world, tenant, person, people);
    if (record !== undefined) tenant.salesforce.lock(record.id, times);
    return record !== undefined;
  },

  log_out(_world, tenant) {
    tenant.salesforce.endSessions();
    return true;
  },
};

function onPlatform(world: World, tenant: Tenant, person: number, deed: (id: string) => boolean): boolean {
  const contact = recordsOf(world, tenant, person, ['contact']).find(({ kind }) => kind === 'contact');
  return contact !== undefined && world.act(tenant, 'platform', () => deed(contact.id));
}

function inSalesforce(
  world: World,
  tenant: Tenant,
  person: number,
  serial: number,
  deed: (object: 'Lead' | 'Contact', id: string) => boolean,
): boolean {
  const records = recordsOf(world, tenant, person, people);
  const record = records[serial % Math.max(1, records.length)];
  if (record === undefined || (record.kind !== 'Lead' && record.kind !== 'Contact')) return false;
  const { kind, id } = record;
  return world.act(tenant, 'salesforce', () => deed(kind, id));
}

/** Has somebody do something. @returns whether it could be done @throws ApiError where the vendor's rules forbid it */
export function perform(
  world: World,
  tenant: Tenant,
  { deed, step, story }: { deed: PeoplesDeed; step: Step; story: Story },
): boolean {
  // The table's type says that a doing fits its kind; what the compiler cannot follow is that this is the kind.
  const doing = doings[deed.kind] as (...told: [World, Tenant, PeoplesDeed, Step, Story]) => boolean;
  return doing(world, tenant, deed, step, story);
}
