import type { Cue } from './cues.ts';
import { contested, episode, episodeNames, type EpisodeName } from './episodes.ts';
import { faultKinds, type FaultKind } from './faults.ts';
import { Random } from './random.ts';
import type { FieldName } from './records.ts';
import type { Policy } from '../../src/sync/types.ts';

/** What people do, what goes wrong, and when runs start. `serial` makes the values that a step writes its own. */
export type Deed =
  | {
      readonly kind: 'create';
      readonly where: 'Lead' | 'Contact' | 'contact';
      readonly loud: boolean;
      readonly optsOut: boolean;
    }
  | {
      readonly kind: 'edit';
      readonly side: SideName;
      readonly field: 'firstName' | 'lastName' | 'phone' | 'title';
      readonly isCleared: boolean;
      /** In Salesforce: how long the transaction takes that the edit is part of. Milliseconds. */
      readonly late: number;
    }
  | {
      readonly kind: 'rename';
      readonly side: SideName;
      readonly to: 'fresh' | 'somebody' | 'nothing' | 'louder';
      readonly somebody: number;
    }
  | { readonly kind: 'consent'; readonly side: SideName; readonly optOut: boolean }
  | { readonly kind: 'delete'; readonly side: SideName }
  | { readonly kind: 'restore' }
  | { readonly kind: 'merge' }
  | { readonly kind: 'convert'; readonly isIntoContact: boolean }
  | { readonly kind: 'employ'; readonly side: SideName; readonly company: number }
  | { readonly kind: 'ask'; readonly want: 'create_lead' | 'create_contact'; readonly byTag: boolean }
  | { readonly kind: 'flag' }
  | { readonly kind: 'look' }
  | { readonly kind: 'choose'; readonly winner: SideName }
  | { readonly kind: 'remap'; readonly field: FieldName; readonly policy: Policy; readonly isMapped: boolean }
  | { readonly kind: 'hide'; readonly isHidden: boolean }
  | { readonly kind: 'lock'; readonly times: number }
  | { readonly kind: 'run'; readonly direction: 'outbound' | 'inbound'; readonly role: Role }
  | { readonly kind: 'crash'; readonly role: Role }
  | { readonly kind: 'freeze'; readonly role: Role; readonly milliseconds: number }
  | { readonly kind: 'log_out' }
  | {
      readonly kind: 'fault';
      readonly vendor: SideName;
      readonly fault: FaultKind;
      readonly writesOnly: boolean;
      readonly path?: string;
      readonly times: number;
    };

export type SideName = 'salesforce' | 'platform';
export type Role = 'one' | 'two';

export interface Step {
  /** Milliseconds after the first sync; below zero: before it. */
  readonly at: number;
  readonly tenant: number;
  readonly person: number;
  readonly serial: number;
  readonly deed: Deed;
  /** What it waits for from its time on. */
  readonly cue?: Cue;
}

/** How a seed's customer has set the sync up. */
export interface Settings {
  readonly policies: Readonly<Record<FieldName, Policy>>;
  readonly emptyWins: boolean;
  readonly hasAccounts: boolean;
  readonly hasWebhooks: boolean;
  readonly selection: 'created' | 'flagged';
  /** How many people the engine acts on at a time. */
  readonly batchSize: number;
  /** Whether the vendors answer at once. */
  readonly isSwift: boolean;
  /**
   * How it is brought to rest. After a long calm everything was read once more, whatever was missed; soon after the
   * last edit it was not.
   */
  readonly ending: 'calm' | 'prompt';
  /** How far clocks are ahead: the vendors', the database's, and those of the service's processes. Milliseconds. */
  readonly skew: Readonly<Record<'salesforce' | 'platform' | 'database' | Role | 'web', number>>;
}

export interface Story {
  readonly seed: number;
  readonly settings: Settings;
  /** What it is about, beside what comes about by chance. */
  readonly plot: EpisodeName | null;
  readonly steps: readonly Step[];
  /** How long after the first sync the last step is. Milliseconds. */
  readonly span: number;
}

const policies: readonly Policy[] = ['salesforce', 'platform', 'newest', 'ask'];

/** The story that a seed tells. */
export function tell(seed: number): Story {
  const random = new Random(seed * 7 + 1);
  const plot = random.chance(0.85) ? random.pick(episodeNames) : null;
  const settings = settingsOf(random, plot);
  const isPrompt = settings.ending === 'prompt';
  const tenants = random.chance(0.12) ? 2 : 1;
  const isCrowded = random.chance(0.12);
  const people = isCrowded ? random.whole(11, 16) : random.whole(2, 5);
  const span = isPrompt ? random.whole(60, 180) * 1_000 : random.whole(6, 24) * 60_000;
  const steps: Step[] = [];
  let serial = 0;
  const add = (at: number, tenant: number, person: number, deed: Deed, cue?: Cue): void => {
    serial += 1;
    const step = { at: Math.round(at), tenant, person, serial, deed };
    steps.push(cue === undefined ? step : { ...step, cue });
  };

  for (let tenant = 0; tenant < tenants; tenant += 1) {
    for (let person = 0; person < people; person += 1) {
      for (const where of birthplaces(random)) {
        add(-1_000 + serial, tenant, person, {
          kind: 'create',
          where,
          loud: random.chance(0.3),
          optsOut: random.chance(0.12),
        });
        if (where !== 'contact' && settings.selection === 'flagged' && random.chance(0.6))
          add(-500, tenant, person, { kind: 'flag' });
      }
    }
    const starts: number[] = [];
    for (let at = random.whole(0, 60_000); at < span; at += random.whole(20_000, 9 * 60_000)) {
      starts.push(at);
      const direction = random.pick(['outbound', 'inbound'] as const);
      add(at, tenant, 0, { kind: 'run', direction, role: random.pick(['one', 'two'] as const) });
      if (random.chance(0.5)) {
        const other = direction === 'outbound' ? 'inbound' : 'outbound';
        const role = random.pick(['one', 'two'] as const);
        add(at + random.whole(0, 3_000), tenant, 0, { kind: 'run', direction: other, role });
      }
    }
    /** Most of what happens happens while a run is under way. */
    const moment = (): number =>
      random.chance(0.65) ? random.pick(starts) + random.whole(0, 6_000) : random.whole(0, span);
    for (let count = random.whole(3, isCrowded ? 20 : 10); count > 0; count -= 1) {
      add(moment(), tenant, random.whole(0, people - 1), someDeed(random, settings, people));
    }
    if (plot !== null) {
      const at = random.whole(2_000, Math.min(span - 20_000, 4 * 60_000));
      const events = episode(plot, random, people);
      for (const { after, person, deed, cue } of events) add(at + after, tenant, person, deed, cue);
    }
    const misfortunes = isPrompt || plot === 'hiccup' || plot === 'logout' ? 0 : random.whole(0, 4);
    for (let count = misfortunes; count > 0; count -= 1) {
      add(moment(), tenant, 0, someMisfortune(random));
    }
  }
  return { seed, settings, plot, steps: steps.sort((a, b) => a.at - b.at || a.serial - b.serial), span };
}

function settingsOf(random: Random, plot: EpisodeName | null): Settings {
  const skew = (): number => (random.chance(0.3) ? random.whole(-90_000, 90_000) : random.whole(-800, 800));
  return {
    policies: {
      email: random.chance(0.8) ? 'salesforce' : 'newest',
      firstName: random.pick(policies),
      lastName: random.pick(policies),
      phone: random.pick(policies),
      title: random.pick(policies),
      optOut: 'most_restrictive',
      account: 'salesforce',
      ...(plot === 'status' ? { [contested]: 'ask' as const } : {}),
    },
    emptyWins: random.chance(0.3),
    hasAccounts: random.chance(0.25),
    hasWebhooks: random.chance(0.5),
    selection: random.chance(plot === 'heir' || plot === 'request' ? 0.6 : 0.15) ? 'flagged' : 'created',
    batchSize: random.chance(0.6) ? random.whole(1, 3) : 2_000,
    isSwift: random.chance(0.25),
    ending: random.chance(plot === null ? 0.25 : 0.5) ? 'prompt' : 'calm',
    skew: {
      salesforce: skew(),
      platform: skew(),
      database: skew(),
      one: skew(),
      two: skew(),
      web: skew(),
    },
  };
}

function birthplaces(random: Random): readonly ('Lead' | 'Contact' | 'contact')[] {
  const places = random.weighted({ lead: 30, contact: 25, platform: 20, both: 17, twice: 8 });
  switch (places) {
    case 'lead':
      return ['Lead'];
    case 'contact':
      return ['Contact'];
    case 'platform':
      return ['contact'];
    case 'both':
      return [random.pick(['Lead', 'Contact'] as const), 'contact'];
    case 'twice':
      return [random.pick(['Lead', 'Contact'] as const), random.pick(['Lead', 'Contact'] as const)];
  }
}

function someDeed(random: Random, settings: Settings, people: number): Deed {
  const side = random.pick(['salesforce', 'platform'] as const);
  const kind = random.weighted({
    create: 8,
    edit: 45,
    rename: 10,
    consent: 8,
    delete: 6,
    restore: 4,
    merge: 4,
    convert: 4,
    employ: 5,
    ask: 7,
    flag: 3,
    look: 2,
    choose: 4,
    remap: 2,
    hide: 2,
    lock: 5,
  });
  switch (kind) {
    case 'create':
      return {
        kind,
        where: random.pick(['Lead', 'Contact', 'contact'] as const),
        loud: random.chance(0.3),
        optsOut: random.chance(0.1),
      };
    case 'edit':
      return {
        kind,
        side,
        field: random.pick(['firstName', 'lastName', 'phone', 'title'] as const),
        isCleared: random.chance(0.12),
        late:
          side === 'salesforce' && settings.ending === 'calm' && random.chance(0.4)
            ? random.whole(5_000, 8 * 60_000)
            : 0,
      };
    case 'rename': {
      const to = random.weighted({ fresh: 60, somebody: 20, nothing: 8, louder: 12 });
      return { kind, side, to, somebody: random.whole(0, people - 1) };
    }
    case 'consent':
      return { kind, side, optOut: random.chance(0.7) };
    case 'delete':
      return { kind, side };
    case 'convert':
      return { kind, isIntoContact: random.chance(0.4) };
    case 'employ':
      return { kind, side, company: random.whole(1, 3) };
    case 'ask':
      return {
        kind,
        want: random.pick(['create_lead', 'create_contact'] as const),
        byTag: settings.hasWebhooks && random.chance(0.3),
      };
    case 'choose':
      return { kind, winner: side };
    case 'remap':
      return {
        kind,
        field: random.pick(['firstName', 'phone', 'title'] as const),
        policy: random.pick(policies),
        isMapped: random.chance(0.7),
      };
    case 'hide':
      return { kind, isHidden: random.chance(0.6) };
    case 'lock':
      return { kind, times: settings.ending === 'prompt' ? 1 : random.whole(1, 8) };
    case 'restore':
    case 'merge':
    case 'flag':
    case 'look':
      return { kind };
  }
}

function someMisfortune(random: Random): Deed {
  const role = random.pick(['one', 'two'] as const);
  switch (random.weighted({ crash: 30, freeze: 8, log_out: 8, fault: 54 })) {
    case 'crash':
      return { kind: 'crash', role };
    case 'freeze':
      return { kind: 'freeze', role, milliseconds: random.whole(5_000, 70_000) };
    case 'log_out':
      return { kind: 'log_out' };
    case 'fault':
      return {
        kind: 'fault',
        vendor: random.pick(['salesforce', 'platform'] as const),
        fault: random.pick(faultKinds),
        writesOnly: random.chance(0.5),
        // The clients try again some times by themselves.
        times: random.chance(0.35) ? random.whole(5, 12) : random.whole(1, 3),
      };
  }
}
