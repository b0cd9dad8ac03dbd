import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import { ORGANIZATION_ID_18 } from '../../identity/organization.ts';
import type { UserDirectory } from '../../identity/users.ts';
import type { OrgSchema } from '../../org/schema.ts';
import type { Door } from '../../rest/call.ts';
import { actionDoors } from './actions.ts';
import { sendCallout } from './callouts.ts';
import { readNamedCredentials } from './credentials.ts';
import { registerApexDoors } from './doors.ts';
import { LiveApex } from './live.ts';
import { openOrgWithApex } from './open.ts';
import type { OrgWithApex } from './open.ts';

/** How often waiting jobs are looked at. */
const TICK_MS = 1_000;

export interface ApexSettings {
  /** Where named credentials lead instead of the address in the package, by name. */
  readonly namedCredentials?: Readonly<Record<string, string>>;
  /** Where the org is reached, for `URL.getOrgDomainUrl()`. */
  readonly orgUrl?: string;
  readonly onJobFailure?: (error: unknown) => void;
}

export interface ServedApex extends OrgWithApex {
  readonly live: LiveApex;
  /** REST resources of Apex. */
  readonly doors: readonly Door[];
  /** Control doors for what Apex does. */
  registerDoors(app: FastifyInstance): void;
  close(): void;
}

export type ApexServing = (
  options: ApexSettings & { clock: Clock; schema: OrgSchema; users: UserDirectory; folder: string },
) => Promise<ServedApex>;

/** An org whose package's Apex runs by itself: callouts go out, jobs start. */
export const serveApex: ApexServing = async ({
  clock,
  schema,
  users,
  folder,
  namedCredentials = {},
  onJobFailure,
  orgUrl,
}) => {
  const opened = openOrgWithApex({ clock, schema, orgId: ORGANIZATION_ID_18, folder, users, orgUrl });
  const named = readNamedCredentials(folder);
  const urls = new Map(Object.entries(namedCredentials).map(([name, url]) => [name.toLowerCase(), url]));
  const live = new LiveApex(opened.apex, {
    clock,
    send: (request) => sendCallout(request, { named, urls, secrets: opened.apex.credentials }),
    ...(onJobFailure && { onJobFailure }),
  });
  const timer = setInterval(() => {
    live.tick();
  }, TICK_MS).unref();
  return {
    ...opened,
    live,
    doors: actionDoors(opened.apex, opened.people),
    registerDoors: (app) => {
      registerApexDoors(app, { live, apex: opened.apex, users });
    },
    close: () => {
      clearInterval(timer);
    },
  };
};
