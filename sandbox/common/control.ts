import { setTimeout as delay } from 'node:timers/promises';
import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { Faults, faultsSchema } from './faults.ts';
import type { Fault } from './faults.ts';
import { Stats } from './stats.ts';

/** What a vendor's sandbox gives its control doors. */
export interface ControlOptions {
  /** Back to the state after start. */
  reset(): void | Promise<void>;
  /** Makes so many records of each named kind and says how many were made. Throws `ControlError` for an unknown kind. */
  load(counts: Record<string, number>): Record<string, number> | Promise<Record<string, number>>;
  /** How many records of each kind there are. */
  records(): Record<string, number>;
  /** Hears each body of `POST /__sandbox/limits`; may throw `ControlError` or a zod error. */
  onLimits?(body: Record<string, unknown>): void;
  /** The vendor's own error body for a status that a fault asks for. */
  faultBody?(status: number): unknown;
}

/** The vendor's rate limits, as the control door set them. */
export interface Control {
  readonly limits: { readonly enforce: boolean };
}

/** A control body that cannot be used: answered with 400 and this message. */
export class ControlError extends Error {}

const DOORS = '/__sandbox';

const loadSchema = z.record(z.string(), z.number().int().min(0).max(5_000_000));
const limitsSchema = z.looseObject({ enforce: z.boolean().optional() });

/** Whether a call is for a control door, which no vendor rule (auth, rate limit) touches. */
export function isControlCall(request: FastifyRequest): boolean {
  return request.url === DOORS || request.url.startsWith(`${DOORS}/`);
}

/**
 * Puts the control doors, the call counters and the faults on a vendor's server. Call it before any other hook or
 * route, so that a fault precedes the vendor's own rules.
 *
 * Doors: `POST /__sandbox/reset`, `/load`, `/faults`, `/limits`, `GET /__sandbox/stats`.
 */
export function installControl(app: FastifyInstance, options: ControlOptions): Control {
  const faults = new Faults();
  const stats = new Stats();
  const limits = { enforce: true };
  countAndDisturb(app, { faults, stats, faultBody: options.faultBody?.bind(options) ?? defaultFaultBody });
  installDoors(app, (doors) => {
    doors.post('/reset', async () => {
      faults.set([]);
      limits.enforce = true;
      await options.reset();
      stats.reset();
      return { ok: true };
    });
    doors.post('/load', async (request) => options.load(loadSchema.parse(request.body)));
    doors.get('/stats', async () => ({ ...stats.read(), records: options.records() }));
    doors.post('/faults', async (request) => {
      const standing = faultsSchema.parse(request.body);
      faults.set(standing);
      return { faults: standing };
    });
    doors.post('/limits', async (request) => {
      const body = limitsSchema.parse(request.body);
      options.onLimits?.(body);
      limits.enforce = body.enforce ?? limits.enforce;
      return { ...body, enforce: limits.enforce };
    });
  });
  return { limits };
}

/**
 * Registers control doors under `/__sandbox`: JSON bodies whatever their content type says, and a 400 with a clear
 * message for a body that a zod schema or a `ControlError` refuses.
 */
export function installDoors(app: FastifyInstance, register: (doors: FastifyInstance) => void): void {
  app.register(
    fp(
      async (doors) => {
        doors.removeAllContentTypeParsers();
        doors.addContentTypeParser(
          '*',
          { parseAs: 'string' },
          async (_request: FastifyRequest, body: string) => parseJson(body),
        );
        doors.setErrorHandler(async (error, _request, reply) => {
          const message = complaint(error);
          if (message === undefined) throw error;
          return reply.code(400).send({ error: message });
        });
        register(doors);
      },
      { name: 'control doors', encapsulate: true },
    ),
    { prefix: DOORS },
  );
}

interface Disturbance {
  readonly faults: Faults;
  readonly stats: Stats;
  readonly faultBody: (status: number) => unknown;
}

function countAndDisturb(app: FastifyInstance, { faults, stats, faultBody }: Disturbance): void {
  const dropped = new WeakSet<FastifyRequest>();

  app.addHook('onRequest', async (request, reply) => {
    if (isControlCall(request)) return;
    const path = pathOf(request);
    stats.call(`${request.method} ${request.routeOptions.url ?? path}`);
    const verdict = faults.judge(request.method, path);
    if (verdict.latencyMs > 0) await delay(verdict.latencyMs);
    const { ending } = verdict;
    if (ending.kind === 'drop') dropped.add(request);
    if (ending.kind === 'reset') {
      stats.outcome('reset');
      reply.hijack();
      request.raw.socket.resetAndDestroy();
    }
    if (ending.kind === 'status') return answerFault(reply, ending.fault, faultBody);
  });

  app.addHook('preParsing', async (request, _reply, payload) => {
    if (isControlCall(request)) return payload;
    const length = Number(request.headers['content-length']);
    if (Number.isFinite(length)) stats.received(length);
    else if (request.headers['transfer-encoding'] !== undefined) {
      return payload.pipe(counting((bytes) => stats.received(bytes)));
    }
    return payload;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (isControlCall(request)) return payload;
    if (dropped.has(request)) {
      stats.outcome('dropped');
      reply.hijack();
      request.raw.socket.destroy();
      return payload;
    }
    stats.outcome(reply.statusCode);
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) stats.sent(Buffer.byteLength(payload));
    else if (isReadable(payload)) return payload.pipe(counting((bytes) => stats.sent(bytes)));
    return payload;
  });
}

function answerFault(
  reply: FastifyReply,
  fault: Fault & { status: number },
  faultBody: (status: number) => unknown,
) {
  if (fault.retryAfter !== undefined) reply.header('Retry-After', String(fault.retryAfter));
  return reply.code(fault.status).send(fault.body ?? faultBody(fault.status));
}

function defaultFaultBody(status: number): unknown {
  return { message: `Fault ${status}` };
}

function counting(count: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count(chunk.length);
      done(null, chunk);
    },
  });
}

function isReadable(payload: unknown): payload is NodeJS.ReadableStream {
  return (
    typeof payload === 'object' && payload !== null && 'pipe' in payload && typeof payload.pipe === 'function'
  );
}

function pathOf(request: FastifyRequest): string {
  const query = request.url.indexOf('?');
  return query < 0 ? request.url : request.url.slice(0, query);
}

function parseJson(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ControlError('The body is not JSON.');
  }
}

function complaint(error: unknown): string | undefined {
  if (error instanceof ControlError) return error.message;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return undefined;
}
