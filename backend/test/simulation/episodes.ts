import type { Cue } from './cues.ts';
import type { Random } from './random.ts';
import type { Deed, Role, SideName } from './story.ts';

/** Something of an episode: so many milliseconds after its beginning, or at a cue from then on. */
export interface Event {
  readonly after: number;
  readonly person: number;
  readonly deed: Deed;
  readonly cue?: Cue;
}

type Field = Extract<Deed, { kind: 'edit' }>['field'];

const run = (after: number, direction: 'outbound' | 'inbound', role: Role): Event => ({
  after,
  person: 0,
  deed: { kind: 'run', direction, role },
});
const edit = (after: number, person: number, side: SideName, field: Field, cue?: Cue): Event => ({
  after,
  person,
  deed: { kind: 'edit', side, field, isCleared: false, late: 0 },
  ...(cue === undefined ? {} : { cue }),
});
const fault = (after: number, deed: Omit<Extract<Deed, { kind: 'fault' }>, 'kind'>): Event => ({
  after,
  person: 0,
  deed: { kind: 'fault', ...deed },
});
const otherSide = (side: SideName): SideName => (side === 'salesforce' ? 'platform' : 'salesforce');
/** The direction whose runs write to a side. */
const toward = (side: SideName): 'outbound' | 'inbound' => (side === 'platform' ? 'outbound' : 'inbound');

/** Of one of the people, or of somebody who comes now. */
type Episode = (random: Random, person: number, newcomer: number) => readonly Event[];

/** Nobody else's number. */
const firstNewcomer = 20;

/** After so long the next window does not begin before an edit that the last one held. Milliseconds. */
const unread = 7_000;

const sides = ['salesforce', 'platform'] as const;
const fields = ['firstName', 'lastName', 'phone', 'title'] as const;

/** Of this field a person decides in the episode about statuses. */
export const contested = 'phone';

/** What seldom comes about by chance, and has to be right. */
const episodes = {
  /** Both sides change the same field before either is read. */
  clash: (random, person) => {
    const field = random.pick(fields);
    return [
      edit(0, person, 'salesforce', field),
      edit(random.whole(0, 3_000), person, 'platform', field),
      run(4_000, random.pick(['outbound', 'inbound'] as const), 'one'),
    ];
  },
  /** Writes fail for a long time, and nobody tries again by hand. */
  outage: (random, person) => {
    const isLocked = random.chance(0.7);
    const side = isLocked ? 'salesforce' : random.pick(sides);
    return [
      edit(0, person, otherSide(side), random.pick(fields)),
      isLocked
        ? { after: unread, person, deed: { kind: 'lock', times: 60 } }
        : fault(unread, { vendor: side, fault: 'error_before', writesOnly: true, times: 60 }),
      run(unread + 500, toward(side), 'one'),
    ];
  },
  /** Somebody edits the record that is about to be written, after it was read and before it is read once more. */
  ambush: (random, person) => {
    const side = random.pick(sides);
    const field = random.pick(fields);
    const moment = random.pick(['before', 'after'] as const);
    return [
      edit(0, person, otherSide(side), field),
      edit(500, person, side, field, { vendor: side, call: 'look', skip: 0, moment }),
      run(1_000, toward(side), 'one'),
    ];
  },
  /** The answer to a write is slow, and meanwhile the record is edited and read by another run. */
  crossing: (random, person) => {
    const side = random.pick(sides);
    const own = otherSide(side);
    return [
      edit(0, person, own, random.pick(fields)),
      fault(100, { vendor: side, fault: 'slow_answer', writesOnly: true, times: random.whole(1, 3) }),
      edit(200, person, random.pick(sides), random.pick(fields), {
        vendor: side,
        call: 'write',
        skip: 0,
        moment: random.pick(['before', 'after'] as const),
      }),
      run(300, toward(side), 'one'),
      run(random.whole(unread, unread + 2_000), toward(own), 'two'),
    ];
  },
  /**
   * The status of somebody new is written slowly, and meanwhile a conflict gives the record another one, which cannot be
   * written; or the record is locked, and its first one cannot.
   */
  status: (random, _person, newcomer) => {
    const written = { vendor: 'salesforce', call: 'status', skip: 0, moment: 'after' } as const;
    const secondRun = unread + 3_000;
    const arrival = [
      { after: 0, person: newcomer, deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false } },
      { after: 10, person: newcomer, deed: { kind: 'flag' } },
      run(500, 'outbound', 'one'),
    ] as const;
    if (random.chance(0.5)) {
      return [...arrival, { after: 20, person: newcomer, deed: { kind: 'lock', times: 60 } }];
    }
    return [
      ...arrival,
      fault(100, { vendor: 'salesforce', fault: 'slow_answer', writesOnly: true, times: 1 }),
      edit(200, newcomer, 'salesforce', contested, written),
      edit(200, newcomer, 'platform', contested, written),
      run(secondRun, 'inbound', 'two'),
      fault(secondRun, { vendor: 'salesforce', fault: 'error_before', writesOnly: true, times: 12 }),
    ];
  },
  /** A contact is deleted and looked at again while it is being looked at. */
  hint: (_random, person) => {
    const cue = { vendor: 'platform', call: 'look', skip: 0, moment: 'after' } as const;
    return [
      { after: 0, person, deed: { kind: 'look' } },
      { after: 100, person, deed: { kind: 'delete', side: 'platform' }, cue },
      { after: 100, person, deed: { kind: 'look' }, cue },
      run(300, 'outbound', 'one'),
    ];
  },
  /** Somebody edits while a run asks what changed, and soon after. */
  soon: (random, person) => {
    const side = random.chance(0.75) ? 'salesforce' : 'platform';
    return [
      edit(0, person, side, random.pick(fields), { vendor: side, call: 'changes', skip: 0, moment: 'after' }),
      run(100, random.pick(['outbound', 'inbound'] as const), 'one'),
      edit(random.whole(5_000, 12_000), person, side, random.pick(fields)),
      run(13_000, toward(otherSide(side)), 'two'),
    ];
  },
  /** A linked record is deleted or converted; work goes on where it stood, and on both sides after it. */
  farewell: (random, person) => {
    const isDeleted = random.chance(0.5);
    return [
      edit(0, person, 'platform', random.pick(fields)),
      {
        after: random.whole(0, 3_000),
        person,
        deed: isDeleted
          ? { kind: 'delete', side: 'salesforce' }
          : { kind: 'convert', isIntoContact: random.chance(0.3) },
      },
      run(random.whole(500, 4_000), random.pick(['outbound', 'inbound'] as const), 'one'),
      edit(8_000, person, 'salesforce', random.pick(fields)),
      edit(9_000, person, 'platform', random.pick(fields)),
    ];
  },
  /** A linked record is merged into another. */
  heir: (random, _person, newcomer) => {
    return [
      { after: 0, person: newcomer, deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false } },
      { after: 10, person: newcomer, deed: { kind: 'flag' } },
      run(100, 'outbound', 'one'),
      {
        after: 8_000,
        person: newcomer + 1,
        deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
      },
      { after: 10_000, person: newcomer, deed: { kind: 'merge' } },
      run(random.whole(9_500, 11_000), random.pick(['outbound', 'inbound'] as const), 'two'),
    ];
  },
  /** A record is asked for while the person stands in Salesforce already, or is just being entered. */
  request: (random, _person, newcomer) => {
    const where = random.pick(['Lead', 'Contact'] as const);
    return [
      { after: 0, person: newcomer, deed: { kind: 'create', where: 'contact', loud: false, optsOut: false } },
      {
        after: random.whole(0, 2_500),
        person: newcomer,
        deed: { kind: 'create', where, loud: random.chance(0.5), optsOut: false },
      },
      {
        after: 100,
        person: newcomer,
        deed: { kind: 'ask', want: where === 'Lead' ? 'create_lead' : 'create_contact', byTag: false },
      },
      run(500, 'inbound', 'one'),
    ];
  },
  /** Tags cannot be set for a while, or not even looked for. */
  tags: (random, _person, newcomer) => {
    const hindrance = random.chance(0.5)
      ? ({ fault: 'error_before', writesOnly: true, path: 'contactTags' } as const)
      : ({ fault: 'proxy_page', writesOnly: false, path: '/tags?' } as const);
    return [
      { after: 0, person: newcomer, deed: { kind: 'create', where: 'contact', loud: false, optsOut: false } },
      { after: 10, person: newcomer, deed: { kind: 'ask', want: 'create_lead', byTag: false } },
      fault(20, { vendor: 'platform', ...hindrance, times: 60 }),
      run(500, 'inbound', 'one'),
    ];
  },
  /** A worker dies in the middle of its work, and another one goes on. */
  death: (random, person) => {
    const side = random.pick(sides);
    return [
      edit(0, person, otherSide(side), random.pick(fields)),
      {
        after: 100,
        person,
        deed: { kind: 'crash', role: 'one' },
        cue: {
          vendor: side,
          call: random.pick(['changes', 'look', 'write'] as const),
          skip: 0,
          moment: random.pick(['before', 'after'] as const),
        },
      },
      run(500, toward(side), 'one'),
      run(35_000, toward(side), 'two'),
    ];
  },
  /** One answer is lost; that is nothing. */
  hiccup: (random, person) => {
    const side = random.chance(0.75) ? 'salesforce' : 'platform';
    return [
      edit(0, person, 'salesforce', random.pick(fields)),
      edit(0, person, 'platform', random.pick(fields)),
      fault(random.whole(100, 3_000), {
        vendor: side,
        fault: random.pick(['lost_answer', 'lost_answer', 'lost_call', 'error_before'] as const),
        writesOnly: random.chance(0.5),
        times: 1,
      }),
      run(200, toward(side), 'one'),
    ];
  },
  /** The session ends while two workers use it. */
  logout: (random, person) => {
    return [
      edit(0, person, 'salesforce', random.pick(fields)),
      run(100, 'outbound', 'one'),
      run(random.whole(100, 300), 'inbound', 'two'),
      { after: random.whole(100, 1_500), person, deed: { kind: 'log_out' } },
    ];
  },
} satisfies Readonly<Record<string, Episode>>;

export type EpisodeName = keyof typeof episodes;

export const episodeNames = Object.keys(episodes) as EpisodeName[]; // Object.keys forgets the keys' type

/** What happens in an episode, to one of so many people, or to newcomers. */
export function episode(name: EpisodeName, random: Random, people: number): readonly Event[] {
  const play: Episode = episodes[name];
  return play(random, random.whole(0, people - 1), firstNewcomer + 2 * random.whole(0, 39));
}
