import { createOrg } from '../../../salesforce/org/org.ts';
import type { SandboxOrg } from '../../../salesforce/org/org.ts';
import { createSchema } from '../../../salesforce/org/schema.ts';
import type { FieldAccess, UserContext } from '../../../salesforce/org/types.ts';
import { Apex } from '../../../salesforce/apex/run/apex.ts';
import type { TestReport } from '../../../salesforce/apex/run/test-runner.ts';
import { TestRunner } from '../../../salesforce/apex/run/test-runner.ts';

export const ADMIN: UserContext = {
  id: '005000000000001AAA',
  username: 'admin@sandbox.test',
  isAdmin: true,
  timeZone: 'America/Los_Angeles',
  fieldAccess: () => 'edit',
};

/** Sees no phone numbers and may not edit descriptions. */
export const REP: UserContext = {
  ...ADMIN,
  id: '005000000000002AAA',
  username: 'rep@sandbox.test',
  isAdmin: false,
  fieldAccess: (_object, field): FieldAccess =>
    field === 'Phone' ? 'none' : field === 'Description' ? 'read' : 'edit',
};

export const NOON = Date.UTC(2026, 5, 15, 12);

export interface ApexWorld {
  readonly org: SandboxOrg;
  readonly apex: Apex;
  now: number;
}

export interface WorldOptions {
  readonly apiVersion?: number;
  /** Objects of which people see their own records alone. */
  readonly privateObjects?: readonly string[];
}

/** An org with classes and triggers: triggers are sources that begin with `trigger`. */
export function apexWorld(
  sources: readonly string[],
  { apiVersion = 67, privateObjects = [] }: WorldOptions = {},
): ApexWorld {
  const world = { now: NOON };
  const clock = { now: () => world.now };
  const users = [ADMIN, REP];
  const late: { apex?: Apex } = {};
  const org = createOrg({
    clock,
    schema: createSchema(),
    id: '00D000000000001EAA',
    userById: (id) => users.find((user) => user.id === id),
    triggers: {
      before: (event) => late.apex?.triggers.before(event),
      after: (event) => late.apex?.triggers.after(event),
    },
  });
  for (const object of privateObjects) org.sharing.set(object, 'private');
  org.bulkLoad(
    'User',
    users.map((user) => ({
      Id: user.id,
      Username: user.username,
      LastName: 'User',
      Name: 'User',
      Email: 'user@example.com',
    })),
  );
  const named = sources.map((text, at) => {
    const isTrigger = text.trimStart().startsWith('trigger');
    const name = /(?:class|trigger|interface|enum)\s+(\w+)/.exec(text)?.[1] ?? `Source${at}`;
    return { file: isTrigger ? `triggers/${name}.trigger` : `classes/${name}.cls`, text, apiVersion };
  });
  const apex = new Apex({
    org,
    clock,
    sources: named,
    labels: new Map([['Greeting', 'Good day']]),
    userById: (id) => users.find((user) => user.id === id),
    hasPermission: (user, permission) => user.isAdmin && permission === 'Manage_Sync',
  });
  late.apex = apex;
  return Object.assign(world, { org, apex });
}

/** Runs the tests among the sources. */
export function runTests(sources: readonly string[], options: WorldOptions = {}): TestReport {
  const { apex } = apexWorld(sources, options);
  return new TestRunner(apex, ADMIN).run();
}

/** Runs the body of one test method, with other classes beside it: undefined where it passed, else why not. */
export function failureOf(
  body: string,
  others: readonly string[] = [],
  options: WorldOptions = {},
): string | undefined {
  const { results } = runTests(
    [`@IsTest private class Facts { @IsTest static void holds() {\n${body}\n} }`, ...others],
    options,
  );
  const [result] = results;
  if (result === undefined) throw new Error('No test ran.');
  return result.failure?.message;
}
