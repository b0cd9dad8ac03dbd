import { CURRENT_API_VERSION, OLDEST_API_VERSION } from '../identity/api-versions.ts';
import { ApiError } from '../org/types.ts';
import type { Door } from './call.ts';
import { notFound, ok } from './call.ts';

const CURRENT = Number(CURRENT_API_VERSION);
/** Versions 21.0 to 30.0 are retired; older ones were never REST. */
const FIRST_RETIRED = 21;
const SEASONS = ['Summer', 'Winter', 'Spring'] as const;
/** Version 31.0 came with Summer '14; three follow each year, the winter one named after the next. */
const SUMMER_14 = 31;

function releaseLabel(version: number): string {
  const releases = version - SUMMER_14;
  const season = SEASONS[releases % 3] ?? 'Summer';
  const year = 14 + Math.floor(releases / 3) + (season === 'Summer' ? 0 : 1);
  return `${season} '${year}`;
}

/** `GET /services/data`: every version that answers, oldest first. */
export function versionList(): { label: string; url: string; version: string }[] {
  return Array.from({ length: CURRENT - OLDEST_API_VERSION + 1 }, (_, index) => {
    const version = OLDEST_API_VERSION + index;
    return { label: releaseLabel(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

/** Lets through what names a living version. @throws ApiError GONE for a retired one, NOT_FOUND for others */
export function checkVersion(text: string): void {
  const found = /^v(\d+)\.0$/.exec(text);
  const version = Number(found?.[1] ?? 0);
  if (version >= FIRST_RETIRED && version < OLDEST_API_VERSION) {
    throw new ApiError(
      410,
      'GONE',
      `API version ${version}.0 is retired. Use version ${OLDEST_API_VERSION}.0 or later.`,
    );
  }
  if (version < OLDEST_API_VERSION || version > CURRENT) throw notFound();
}

const RESOURCES = ['sobjects', 'query', 'queryAll', 'limits', 'composite', 'jobs'];

/** `GET /services/data/vXX.X`: resource names and addresses. */
export const resourceDoors: readonly Door[] = [
  {
    method: 'GET',
    path: '/',
    handle: (call) => {
      const base = `/services/data/${call.version}`;
      const resources = Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`]));
      const identity = `http://${call.headers['host'] ?? ''}/id/${call.org.id}/${call.user.id}`;
      return ok({ ...resources, identity });
    },
  },
  {
    method: 'GET',
    path: '/composite',
    handle: (call) => {
      const base = `/services/data/${call.version}/composite`;
      const names = ['batch', 'graph', 'sobjects', 'tree'];
      return ok(Object.fromEntries(names.map((name) => [name, `${base}/${name}`])));
    },
  },
];
