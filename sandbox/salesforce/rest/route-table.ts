import type { Door } from './call.ts';

interface Compiled {
  readonly door: Door;
  readonly segments: readonly string[];
  /** One character per segment, literal before parameter, so that sorting puts the more precise door first. */
  readonly precision: string;
}

export type Match =
  | { readonly kind: 'door'; readonly door: Door; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = decoded(segment);
    else if (expected !== segment) return undefined;
  }
  return params;
}

/** Finds the door of a path as the HTTP router would, for requests that come inside other requests. */
export class RouteTable {
  private readonly compiled: readonly Compiled[];

  constructor(doors: readonly Door[]) {
    this.compiled = doors
      .map((door) => {
        const segments = segmentsOf(door.path);
        return {
          door,
          segments,
          precision: segments.map((segment) => (segment.startsWith(':') ? 'b' : 'a')).join(''),
        };
      })
      .sort((left, right) =>
        left.precision < right.precision ? -1 : left.precision > right.precision ? 1 : 0,
      );
  }

  /** `path` stands behind `/services/data/vXX.X`; a trailing slash does not matter. */
  find(method: string, path: string): Match {
    const segments = segmentsOf(path);
    const allowed: string[] = [];
    for (const { door, segments: pattern } of this.compiled) {
      const params = paramsOf(pattern, segments);
      if (params === undefined) continue;
      if (door.method === method) return { kind: 'door', door, params };
      allowed.push(door.method);
    }
    return allowed.length > 0 ? { kind: 'other-method', allowed } : { kind: 'none' };
  }
}
