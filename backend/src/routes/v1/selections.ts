import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { packageFields, selectionNames } from '../../engine/marks.ts';
import { SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import { personSchema, previewSchema, selectionSchema, toSelection } from '../../schemas/selection.ts';
import { dropCandidates } from '../../store/links.ts';
import { readSelections, saveSelection } from '../../store/settings.ts';
import { compileSelection } from '../../sync/selection.ts';
import { inSequence } from '../../words/several.ts';
import { toProblem } from '../settings-body.ts';
import { openSides, scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });
const objectParams = z.object({ object: personSchema });
const sampleSize = 10;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/selections',
    {
      schema: {
        summary: 'Which leads and contacts enter the sync',
        tags: ['settings'],
        querystring: connectionQuery,
        response: {
          200: z.object({
            selections: z.array(z.object({ object: personSchema, selection: selectionSchema })),
          }),
        },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const saved = await app.database.withTenant(scope.tenantId, (tx) => readSelections(tx, scope));
      return {
        selections: personSchema.options.map((object) => ({
          object,
          selection: selectionSchema.parse(saved.get(object)?.value ?? { mode: 'none' }),
        })),
      };
    },
  );

  app.put(
    '/selections/:object',
    {
      schema: {
        summary: 'Choose which records of an object enter the sync',
        description: 'Records that are synced already stay so, whatever is chosen.',
        tags: ['settings'],
        params: objectParams,
        querystring: connectionQuery,
        body: selectionSchema,
        response: { 200: selectionSchema },
      },
    },
    async (request) => {
      const { object } = request.params;
      const scope = await scopeOf(app, request, request.query.connectionId);
      const selection = toSelection(request.body, app.clock.now());
      const sides = await openSides(app, scope);
      const compiled = compileSelection(
        selection,
        await sides.salesforce.describe(object),
        selectionNames(packageFields(sides.packageNamespace)),
      );
      if (!compiled.ok) {
        throw new SyncError(
          'SYNC_SELECTION_INVALID',
          inSequence(compiled.problems.map(({ message }) => message)),
          { problems: compiled.problems.map((problem) => toProblem(problem, languageOf(request))) },
        );
      }
      await app.database.withTenant(scope.tenantId, async (tx) => {
        await saveSelection(tx, scope, object, selection);
        // What was waiting under the old choice is looked at again under the new one.
        await dropCandidates(tx, scope, object, null);
      });
      return selectionSchema.parse(selection);
    },
  );

  app.post(
    '/selections/:object/preview',
    {
      schema: {
        summary: 'Count and sample the records that a selection matches now',
        tags: ['settings'],
        params: objectParams,
        querystring: connectionQuery,
        body: selectionSchema,
        response: { 200: previewSchema },
      },
    },
    async (request) => {
      const { object } = request.params;
      const scope = await scopeOf(app, request, request.query.connectionId);
      const sides = await openSides(app, scope);
      const selection = toSelection(request.body, app.clock.now());
      const compiled = compileSelection(
        selection,
        await sides.salesforce.describe(object),
        selectionNames(packageFields(sides.packageNamespace)),
      );
      if (!compiled.ok) {
        const problems = compiled.problems.map((problem) => toProblem(problem, languageOf(request)));
        return { count: 0, soql: null, sample: [], problems };
      }
      if (compiled.where === null) return { count: 0, soql: null, sample: [], problems: [] };
      // A converted Lead is its Contact's matter.
      const where = object === 'Lead' ? `(${compiled.where}) AND IsConverted = false` : compiled.where;
      const counted = await sides.salesforce.query(`SELECT COUNT() FROM ${object} WHERE ${where}`);
      const page = await sides.salesforce.query(
        `SELECT Id, Name, Email FROM ${object} WHERE ${where} ORDER BY CreatedDate DESC LIMIT ${sampleSize}`,
      );
      return {
        count: counted.totalSize,
        soql: compiled.where,
        sample: page.records.map((record) => ({
          id: record.Id,
          name: text(record.Name),
          email: text(record.Email),
        })),
        problems: [],
      };
    },
  );
};

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export default routes;
