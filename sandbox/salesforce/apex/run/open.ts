import type { Clock } from '../../../common/clock.ts';
import { knownId } from '../../identity/organization.ts';
import type { UserDirectory } from '../../identity/users.ts';
import { createOrg } from '../../org/org.ts';
import type { SandboxOrg } from '../../org/org.ts';
import type { OrgSchema } from '../../org/schema.ts';
import type { Triggers } from '../../org/triggers.ts';
import { Apex } from './apex.ts';
import type { ApexSource } from '../types/load.ts';
import { readApexPackage } from './package.ts';
import { ApexUsers } from './users.ts';

/** Profiles of every org that no user of the sandbox has. */
const STANDARD_PROFILES: readonly (readonly [string, string])[] = [
  [knownId('00e000000000004'), 'Minimum Access - Salesforce'],
];

export interface OrgWithApex {
  readonly org: SandboxOrg;
  readonly apex: Apex;
  readonly people: ApexUsers;
  /** Puts back the records that the package brings, after a reset. */
  loadPackageRecords(): void;
}

/**
 * Opens an org in which the package's Apex runs.
 * @param options.folder the package's `force-app/main/default`.
 * @throws ApexSourceError where the package's Apex does not load.
 */
export function openOrgWithApex(options: {
  clock: Clock;
  schema: OrgSchema;
  orgId: string;
  folder: string;
  users: UserDirectory;
  orgUrl?: string | undefined;
  /** Changes sources before they are loaded. */
  edit?: (source: ApexSource) => ApexSource;
}): OrgWithApex {
  const { clock, schema, orgId, folder, users } = options;
  const late: { apex?: Apex; people?: ApexUsers } = {};
  const triggers: Triggers = {
    before: (event) => late.apex?.triggers.before(event),
    after: (event) => late.apex?.triggers.after(event),
  };
  const org = createOrg({
    clock,
    schema,
    id: orgId,
    userById: (id) => late.people?.byId(id),
    triggers,
  });
  const { sources, labels, permissionSets } = readApexPackage(folder);
  const people = new ApexUsers(org, (id) => users.contextById(id), permissionSets);
  late.people = people;
  const apex = new Apex({
    org,
    clock,
    sources: options.edit === undefined ? sources : sources.map(options.edit),
    orgUrl: options.orgUrl,
    labels,
    userById: (id) => people.byId(id),
    hasPermission: (user, name) => people.hasPermission(user, name),
  });
  late.apex = apex;
  const profiles = new Map([
    ...[...users].map(({ profileId, profileName }): [string, string] => [profileId, profileName]),
    ...STANDARD_PROFILES,
  ]);
  users.followPermissionSets({
    field: (user, object, field) => people.packageFieldAccess(user.id, object, field),
    othersRecords: (user, object) => people.othersRecords(user.id, object),
  });
  const loadPackageRecords = (): void => {
    people.load(users, profiles);
    users.permissionSetsChanged();
  };
  return { org, apex, people, loadPackageRecords };
}
