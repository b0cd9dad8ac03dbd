import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { SaveError } from '../../salesforce/org/types.ts';
import { editableFields, editForm } from '../pages/details.ts';
import { listPage } from '../pages/list.ts';
import { isObjectName, listPath, pluralOf, recordPath, salesNav } from '../pages/navigation.ts';
import type { ObjectName } from '../pages/navigation.ts';
import { nameOf, readForPage, recordPage } from '../pages/record.ts';
import { filledOf, saveForm } from '../records/form.ts';
import type { Filled } from '../records/form.ts';
import { objectOfId } from '../records/read.ts';
import type { RecordRead } from '../records/read.ts';
import type { Viewer } from '../shell/viewer.ts';
import { pageViewer, sendNotFound, sendPage } from './pages.ts';
import type { Shell } from './pages.ts';

const listQuery = z.object({
  q: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(80).catch(1),
});
const formBody = z.record(z.string(), z.string());

type Route = { Params: { object: string; id: string } };
type Handler = (
  asked: { viewer: Viewer; object: ObjectName },
  request: FastifyRequest<Route>,
  reply: FastifyReply,
) => Promise<FastifyReply>;

interface Attempt {
  readonly filled: Filled;
  readonly errors: readonly SaveError[];
}

/** Lists, pages and forms of leads, contacts and accounts. */
export function registerObjects(app: FastifyInstance, shell: Shell): void {
  const { org, ui } = shell;

  /** For somebody who is logged in and asks for an object that there is. */
  const on = (method: 'GET' | 'POST', url: string, handler: Handler): void => {
    app.route<Route>({
      method,
      url,
      handler: async (request, reply) => {
        const viewer = await pageViewer(shell, request, reply);
        if (viewer === undefined) return reply;
        const { object } = request.params;
        if (!isObjectName(object)) return sendNotFound(shell, reply, viewer);
        return handler({ viewer, object }, request, reply);
      },
    });
  };

  const send = (
    reply: FastifyReply,
    viewer: Viewer,
    object: ObjectName,
    title: string,
    body: Html,
    status = 200,
  ) =>
    sendPage(shell, reply, viewer, {
      title,
      app: viewer.texts.sales,
      nav: salesNav(viewer, object),
      body,
      status,
    });

  on('GET', '/lightning/o/:object/list', async ({ viewer, object }, request, reply) => {
    const { q, page } = listQuery.parse(request.query);
    const body = listPage(org, viewer, object, { search: q, page });
    return send(reply, viewer, object, pluralOf(viewer, object), body);
  });

  const newPage = (
    reply: FastifyReply,
    viewer: Viewer,
    object: ObjectName,
    attempt: Attempt,
  ): Promise<FastifyReply> => {
    const schema = org.schema.object(object);
    if (schema === undefined) return sendNotFound(shell, reply, viewer);
    const layout = ui.layouts.get(object) ?? [];
    const form = {
      object: schema,
      record: undefined,
      fields: editableFields(viewer, schema, layout, true),
      ...attempt,
      action: `/lightning/o/${object}/new`,
      cancel: listPath(object),
    };
    const title = `${viewer.texts.create}: ${viewer.translate(schema.label)}`;
    const body = html`<h1 class="shell-title">${title}</h1>
      ${editForm(viewer, form, layout)}`;
    return send(reply, viewer, object, title, body, attempt.errors.length > 0 ? 400 : 200);
  };

  on('GET', '/lightning/o/:object/new', ({ viewer, object }, _request, reply) => {
    const defaults = (org.schema.object(object)?.fields ?? []).map((field): [string, string] => [
      field.name,
      filledOf(field, field.picklistValues.find(({ defaultValue }) => defaultValue)?.value ?? null),
    ]);
    return newPage(reply, viewer, object, { filled: Object.fromEntries(defaults), errors: [] });
  });

  on('POST', '/lightning/o/:object/new', async ({ viewer, object }, request, reply) => {
    const schema = org.schema.object(object);
    if (schema === undefined) return sendNotFound(shell, reply, viewer);
    const filled = formBody.parse(request.body);
    const fields = editableFields(viewer, schema, ui.layouts.get(object) ?? [], true);
    const result = saveForm(org, viewer, schema, { id: undefined, fields, before: {}, filled });
    if (result.success) return reply.redirect(recordPath(object, result.id), 303);
    return newPage(reply, viewer, object, { filled, errors: result.errors });
  });

  on('GET', '/lightning/r/:object/:id/view', async ({ viewer, object }, request, reply) => {
    const record = readForPage(org, viewer, ui, object, request.params.id);
    if (record === undefined) return sendNotFound(shell, reply, viewer);
    return sendPage(shell, reply, viewer, {
      title: nameOf(record),
      app: viewer.texts.sales,
      nav: salesNav(viewer, object),
      body: recordPage(org, viewer, ui, record, { object }),
      reference: {
        type: 'standard__recordPage',
        attributes: { recordId: record.id, objectApiName: object, actionName: 'view' },
        state: {},
      },
    });
  });

  const editPage = (
    reply: FastifyReply,
    viewer: Viewer,
    { object, record }: { object: ObjectName; record: RecordRead },
    attempt: Attempt,
  ): Promise<FastifyReply> => {
    const layout = ui.layouts.get(object) ?? [];
    const form = {
      object: record.object,
      record,
      fields: editableFields(viewer, record.object, layout, false),
      ...attempt,
      action: recordPath(object, record.id, 'edit'),
      cancel: recordPath(object, record.id),
    };
    const title = `${viewer.texts.edit}: ${nameOf(record)}`;
    const body = html`<h1 class="shell-title">${title}</h1>
      ${editForm(viewer, form, layout)}`;
    return send(reply, viewer, object, title, body, attempt.errors.length > 0 ? 400 : 200);
  };

  const filledWith = (record: RecordRead): Filled =>
    Object.fromEntries(record.fields.map((field) => [field.name, filledOf(field, record.value(field.name))]));

  on('GET', '/lightning/r/:object/:id/edit', async ({ viewer, object }, request, reply) => {
    const record = readForPage(org, viewer, ui, object, request.params.id);
    if (record === undefined) return sendNotFound(shell, reply, viewer);
    return editPage(reply, viewer, { object, record }, { filled: filledWith(record), errors: [] });
  });

  on('POST', '/lightning/r/:object/:id/edit', async ({ viewer, object }, request, reply) => {
    const record = readForPage(org, viewer, ui, object, request.params.id);
    if (record === undefined) return sendNotFound(shell, reply, viewer);
    const filled = formBody.parse(request.body);
    const fields = editableFields(viewer, record.object, ui.layouts.get(object) ?? [], false);
    const form = { id: record.id, fields, before: filledWith(record), filled };
    const result = saveForm(org, viewer, record.object, form);
    if (result.success) return reply.redirect(recordPath(object, record.id), 303);
    return editPage(reply, viewer, { object, record }, { filled, errors: result.errors });
  });

  // Where only a record's id is known, as components may have it.
  app.get<{ Params: { id: string } }>('/lightning/r/sObject/:id/view', async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    const object = objectOfId(org, request.params.id)?.name ?? '';
    if (!isObjectName(object)) return sendNotFound(shell, reply, viewer);
    return reply.redirect(recordPath(object, request.params.id), 302);
  });
}
