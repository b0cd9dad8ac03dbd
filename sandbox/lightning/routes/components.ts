import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LiveApex } from '../../salesforce/apex/run/live.ts';
import { objectInfo, picklistValues } from '../records/object-info.ts';
import { FieldUnavailable, readUiRecord } from '../records/ui-record.ts';
import { objectOfId } from '../records/read.ts';
import { viewerOf } from '../shell/viewer.ts';
import type { Viewer } from '../shell/viewer.ts';
import type { Shell } from './pages.ts';

const params = z.record(z.string(), z.unknown());
const names = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(z.string().regex(/^\w+(?:\.\w+)+$/)));
const recordQuery = z.object({ fields: names, optionalFields: names });
const recordBody = z.strictObject({ fields: z.record(z.string(), z.unknown()) });

async function failed(
  reply: FastifyReply,
  status: number,
  message: string,
  more = {},
): Promise<FastifyReply> {
  return reply.code(status).send({ message, ...more });
}

function notFound(reply: FastifyReply): Promise<FastifyReply> {
  return failed(reply, 404, 'The requested resource does not exist');
}

/** What components on a page call: Apex methods, records and descriptions of objects through the platform's UI API. All as the logged-in user. */
export function registerComponentDoors(
  app: FastifyInstance,
  shell: Shell & { readonly live: LiveApex },
): void {
  const { org, live } = shell;

  const as = async (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (viewer: Viewer) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const viewer = viewerOf(request, shell);
    return viewer === undefined ? failed(reply, 401, 'Session expired or invalid') : answer(viewer);
  };

  app.post<{ Params: { method: string } }>('/lightning/apex/:method', (request, reply) =>
    as(request, reply, async (viewer) => {
      const [className = '', methodName = ''] = request.params.method.split('.');
      if (live.componentMethod(className, methodName) === undefined)
        return failed(reply, 404, `There is no @AuraEnabled method ${request.params.method}.`);
      const given = params.safeParse(request.body ?? {});
      if (!given.success) return failed(reply, 400, 'Parameters are an object with a value by name.');
      // What is refused or thrown is an answer like another, as with the platform's own actions: no call has failed.
      const isOpen = viewer.permissionSets.some((set) => set.classes.has(className.toLowerCase()));
      if (!isOpen && !viewer.user.isAdmin)
        return reply.send({
          error: { message: `You do not have access to the Apex class named '${className}'.` },
        });
      const outcome = await live.callAura(className, methodName, given.data, viewer.context);
      if (outcome.ok) return reply.send({ returnValue: outcome.value ?? null });
      const { message, exceptionType, stackTrace } = outcome;
      return reply.send({ error: { message, exceptionType, isUserDefinedException: false, stackTrace } });
    }),
  );

  app.get<{ Params: { object: string } }>('/lightning/object-info/:object', (request, reply) =>
    as(request, reply, async (viewer) => {
      const object = org.schema.object(request.params.object);
      return object === undefined ? notFound(reply) : reply.send(objectInfo(viewer, object));
    }),
  );

  app.get<{ Params: { object: string; field: string } }>(
    '/lightning/object-info/:object/picklist-values/:field',
    (request, reply) =>
      as(request, reply, async (viewer) => {
        const object = org.schema.object(request.params.object);
        const values = object && picklistValues(viewer, object, request.params.field);
        return values === undefined ? notFound(reply) : reply.send(values);
      }),
  );

  app.get<{ Params: { id: string } }>('/lightning/records/:id', (request, reply) =>
    as(request, reply, async (viewer) => {
      const { fields, optionalFields } = recordQuery.parse(request.query);
      try {
        const record = readUiRecord(org, viewer, request.params.id, { fields, optional: optionalFields });
        return record === undefined ? await notFound(reply) : reply.send(record);
      } catch (error) {
        if (error instanceof FieldUnavailable) return failed(reply, 400, error.message);
        throw error;
      }
    }),
  );

  app.patch<{ Params: { id: string } }>('/lightning/records/:id', (request, reply) =>
    as(request, reply, async (viewer) => {
      const { id } = request.params;
      const object = objectOfId(org, id);
      if (object === undefined) return notFound(reply);
      const { fields } = recordBody.parse(request.body);
      const [result] = org.update(viewer.context, object.name, [{ ...fields, Id: id }]);
      if (result?.success === true) return reply.send({ id: result.id, apiName: object.name });
      const errors = (result?.errors ?? []).map(({ statusCode, message, fields: at }) => ({
        errorCode: statusCode,
        message,
        fields: at,
      }));
      const message = 'An error occurred while trying to update the record. Please try again.';
      return failed(reply, 400, message, { output: { errors, fieldErrors: {} } });
    }),
  );
}
