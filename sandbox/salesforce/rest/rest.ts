import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { createApiGuard } from '../identity/api-guard.ts';
import type { ApiUsage } from '../identity/usage.ts';
import type { SandboxOrg } from '../org/org.ts';
import { ApiError } from '../org/types.ts';
import type { Sessions, UserContext } from '../org/types.ts';
import { batchDoors } from './batch.ts';
import type { Answer, Call, Door, SubRequest } from './call.ts';
import { errorAnswer, notFound } from './call.ts';
import { changeDoors } from './changes.ts';
import { collectionDoors } from './collections.ts';
import { compositeDoors } from './composite.ts';
import { describeDoors } from './describe.ts';
import { externalIdDoors } from './external-id-rows.ts';
import { graphDoors } from './graph.ts';
import { installJsonBodies } from './json-bodies.ts';
import { limitsDoors } from './limits.ts';
import { queryDoors } from './query.ts';
import { RouteTable } from './route-table.ts';
import { rowDoors } from './rows.ts';
import { treeDoors } from './tree.ts';
import { checkVersion, resourceDoors, versionList } from './versions.ts';

export interface RestOptions {
  readonly org: SandboxOrg;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  /** Resources that not every org has. */
  readonly more?: readonly Door[];
}

const BASE = '/services/data';

/** Parameters by name; of a repeated one the last counts. */
function queryOf(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Everything a request is made of but its path's parameters. */
interface Envelope {
  readonly user: UserContext;
  readonly method: string;
  /** Path and query behind the host. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** Runs requests against the doors, whether they came over HTTP or inside a composite request. */
class Dispatcher {
  private readonly table: RouteTable;
  private readonly options: RestOptions;

  constructor(options: RestOptions, doors: readonly Door[]) {
    this.options = options;
    this.table = new RouteTable(doors);
  }

  /** Never throws an ApiError: it becomes the answer. */
  run(envelope: Envelope): Answer {
    try {
      return this.dispatch(envelope);
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error);
      throw error;
    }
  }

  private dispatch(envelope: Envelope): Answer {
    const [path = '', search = ''] = envelope.url.split(/\?(.*)/s, 2);
    const [, version, rest = ''] = /^(?:\/+services\/data)?\/*([^/]+)(\/.*)?$/.exec(path) ?? [];
    if (version === undefined) throw notFound();
    checkVersion(version);
    const query = queryOf(search);
    // Clients that cannot send PATCH or DELETE say so in this parameter of a POST.
    const override = envelope.method === 'POST' ? query['_HttpMethod']?.toUpperCase() : undefined;
    const method = override ?? (envelope.method === 'HEAD' ? 'GET' : envelope.method);
    const match = this.table.find(method, rest);
    if (match.kind === 'none') throw notFound();
    if (match.kind === 'other-method') {
      const message = `HTTP Method '${method}' not allowed. Allowed are ${match.allowed.join(',')}`;
      throw new ApiError(405, 'METHOD_NOT_ALLOWED', message);
    }
    const { org, usage } = this.options;
    const { user, headers, body } = envelope;
    const call: Call = {
      org,
      usage,
      user,
      version,
      params: match.params,
      query,
      headers,
      body,
      perform: (request: SubRequest) => this.run({ user, ...request }),
    };
    return match.door.handle(call);
  }
}

async function send(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  void reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.body === undefined) return reply.send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
}

/** Every door of the REST API, one list per resource family. */
function allDoors(): readonly Door[] {
  return [
    ...resourceDoors,
    ...describeDoors(),
    ...limitsDoors,
    ...queryDoors(),
    ...changeDoors,
    ...rowDoors,
    ...externalIdDoors,
    ...collectionDoors,
    ...compositeDoors,
    ...batchDoors,
    ...treeDoors,
    ...graphDoors,
  ];
}

/**
 * Registers the REST API (v31.0 to v67.0) under `/services/data`: versions, describe, limits, query, rows,
 * collections, composition, and what `more` brings. Every answer but the versions list needs a session and counts as an API call.
 */
export function registerRest(app: FastifyInstance, options: RestOptions): void {
  const doors = [...allDoors(), ...(options.more ?? [])];
  const dispatcher = new Dispatcher(options, doors);
  const guard = createApiGuard(options);
  app.get(BASE, async () => versionList());
  app.get(`${BASE}/`, async () => versionList());
  app.register(
    fp(
      async (scope) => {
        installJsonBodies(scope);
        guard.install(scope);
        const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
          const headers = Object.fromEntries(
            Object.entries(request.headers).map(([name, value]) => [
              name,
              Array.isArray(value) ? value.join(',') : value,
            ]),
          );
          const { method, url, body } = request;
          return send(reply, dispatcher.run({ user: guard.userOf(request), method, url, headers, body }));
        };
        for (const { method, path } of doors) {
          scope.route({ method, url: `${BASE}/:version${path === '/' ? '' : path}`, handler });
        }
        // Whatever no door stands for still passes the guard, then hears what is wrong with it.
        scope.all(`${BASE}/:version/*`, handler);
      },
      { name: 'rest', encapsulate: true },
    ),
  );
}
