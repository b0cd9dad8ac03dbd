import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { previewMapping, type PreviewRecord } from '../../engine/mapping-preview.ts';
import { SyncError } from '../../lib/errors.ts';
import { inWords } from '../../lib/languages.ts';
import { languageOf } from '../../plugins/language.ts';
import {
  mappingInputSchema,
  mappingPreviewInputSchema,
  mappingPreviewSchema,
  mappingSchema,
  objectSchema,
  problemSchema,
} from '../../schemas/mapping.ts';
import { dropConflicts } from '../../store/conflicts.ts';
import { readMappings, readSelections, saveMapping } from '../../store/settings.ts';
import type { Scope } from '../../store/scope.ts';
import { defaultMappings, type MappingProblem } from '../../sync/pairs.ts';
import type { ObjectMapping, SalesforceObject } from '../../sync/types.ts';
import type { Language } from '../../words/language.ts';
import { inSequence } from '../../words/several.ts';
import { sentence } from '../../words/told.ts';
import { judgeMapping, presetOf } from '../judge-mapping.ts';
import { toProblem } from '../settings-body.ts';
import { liveFields, openSides, scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });
const objectParams = z.object({ object: objectSchema });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/mappings',
    {
      schema: {
        summary: 'The field mappings, or the defaults that setup starts with',
        tags: ['settings'],
        querystring: connectionQuery,
        response: { 200: z.object({ mappings: z.array(mappingSchema) }) },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const saved = await app.database.withTenant(scope.tenantId, (tx) => readMappings(tx, scope));
      const sides = await openSides(app, scope);
      const language = languageOf(request);
      const mappings = [];
      for (const preset of defaultMappings()) {
        const own = saved.get(preset.object)?.value;
        const mapping = own ?? (await presetOf(sides, preset));
        const found = mapping.enabled ? await judgeMapping(sides, mapping, saved) : [];
        const problems = found.map((problem) => toProblem(problem, language));
        mappings.push({ ...mapping, fields: [...mapping.fields], saved: own !== undefined, problems });
      }
      return { mappings };
    },
  );

  app.put(
    '/mappings/:object',
    {
      schema: {
        summary: 'Save the mapping of an object',
        description:
          'A mapping with an error is not saved. After saving, every relevant record is read again.',
        tags: ['settings'],
        params: objectParams,
        querystring: connectionQuery,
        body: mappingInputSchema,
        response: { 200: mappingSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const mapping = mappingOf(request.params.object, request.body);
      const found = mapping.enabled ? await judge(app, scope, mapping) : [];
      const problems = found.map((problem) => toProblem(problem, languageOf(request)));
      const errors = found.filter((problem) => problem.severity === 'error');
      if (errors.length > 0) {
        throw new SyncError('SYNC_MAPPING_INVALID', inSequence(errors.map(({ message }) => message)), {
          problems,
        });
      }
      await app.database.withTenant(scope.tenantId, async (tx) => {
        await saveMapping(tx, scope, mapping);
        if (!mapping.enabled) await dropConflicts(tx, scope, mapping.object, app.clock.now());
      });
      app.runner.forgetFields(scope.connectionId);
      return { ...mapping, fields: [...mapping.fields], saved: true, problems };
    },
  );

  app.post(
    '/mappings/:object/check',
    {
      schema: {
        summary: 'Say what is wrong with a mapping, without saving it',
        tags: ['settings'],
        params: objectParams,
        querystring: connectionQuery,
        body: mappingInputSchema,
        response: { 200: z.object({ problems: z.array(problemSchema) }) },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const mapping = mappingOf(request.params.object, request.body);
      const problems = await judge(app, scope, mapping);
      return { problems: problems.map((problem) => toProblem(problem, languageOf(request))) };
    },
  );

  app.post(
    '/mappings/preview',
    {
      schema: {
        summary: 'Send ten real records through a mapping, without saving it or writing anything',
        tags: ['settings'],
        querystring: connectionQuery,
        body: mappingPreviewInputSchema,
        response: { 200: mappingPreviewSchema },
      },
    },
    async (request) => {
      const { object, fields } = request.body;
      const scope = await scopeOf(app, request, request.query.connectionId);
      const selections = await app.database.withTenant(scope.tenantId, (tx) => readSelections(tx, scope));
      const sides = await openSides(app, scope);
      const selection = object === 'Account' ? undefined : selections.get(object)?.value;
      const live = await liveFields(sides, object);
      const records = await previewMapping(sides, { object, enabled: true, fields }, live, selection);
      return { records: records.map((record) => previewBody(record, languageOf(request))) };
    },
  );
};

function previewBody(
  { values, ...record }: PreviewRecord,
  language: Language,
): z.infer<typeof mappingPreviewSchema>['records'][number] {
  return {
    ...record,
    values: values.map(({ problem, ...value }) => ({
      ...value,
      problem: problem && { ...problem, message: inWords(problem.message, language) },
    })),
  };
}

/** @throws SyncError SYNC_REQUEST_INVALID for a field of the Account Name outside of the Account's mapping */
function mappingOf(object: SalesforceObject, body: z.infer<typeof mappingInputSchema>): ObjectMapping {
  if (object === 'Account' || body.accountNameField === undefined) return { object, ...body };
  throw new SyncError(
    'SYNC_REQUEST_INVALID',
    sentence('Only the mapping of Account has an accountNameField.'),
  );
}

async function judge(app: FastifyInstance, scope: Scope, mapping: ObjectMapping): Promise<MappingProblem[]> {
  const saved = await app.database.withTenant(scope.tenantId, (tx) => readMappings(tx, scope));
  return judgeMapping(await openSides(app, scope), mapping, saved);
}

export default routes;
