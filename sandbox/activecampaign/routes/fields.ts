import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, forbidden, noResult } from '../http/errors.ts';
import { asSent, id, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import { fieldTypes, toPerstag } from '../state/fields.ts';
import type { Field } from '../state/fields.ts';
import { isoTime } from '../state/time.ts';
import { fieldOptionView, fieldRelationView, fieldView } from '../views/resources.ts';

const fieldSchema = z.object({
  title: text.optional(),
  type: z.enum(fieldTypes).optional(),
  perstag: text.optional(),
  descript: text.optional(),
  defval: text.optional(),
  visible: z.unknown().optional(),
  isrequired: z.unknown().optional(),
  ordernum: maybeId,
});

const optionSchema = z.object({
  orderid: maybeId,
  value: text,
  label: text.optional(),
  isdefault: z.unknown().optional(),
  field: id,
});

type FieldId = { Params: { id: string } };

/** Custom fields of contacts, their options, and where they show. */
export function fieldRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/fields`, async (request) => {
    const query = new Query(request);
    const { fields } = site.account;
    const perstag = query.filter('perstag');
    const all = fields.fields.all().filter((field) => perstag === undefined || field.perstag === perstag);
    const { rows, meta } = paged(all, query, 100);
    return {
      fieldOptions: rows.flatMap((field) => optionsOf(site, field)),
      fieldRels: rows.flatMap((field) => fields.relationsOf(field.id).map(fieldRelationView)),
      fields: rows.map((field) => view(site, field)),
      meta,
    };
  });

  app.post(`${API}/fields`, async (request, reply) => {
    const input = unwrap(request.body, 'field', fieldSchema);
    const { title, type } = input;
    if (title === undefined || title === '') throw fieldMissing('The field title was not provided.');
    if (type === undefined) throw fieldMissing('The field type was not provided.');
    if (site.account.fields.byTitle(title) !== undefined) throw duplicateTitle(title);
    const field = site.account.fields.create(
      {
        title,
        type,
        ...(input.perstag === undefined || input.perstag === '' ? {} : { perstag: input.perstag }),
        ...(input.descript === undefined ? {} : { description: input.descript }),
        ...(input.defval === undefined ? {} : { defaultValue: input.defval }),
        ...(input.ordernum === undefined ? {} : { order: input.ordernum }),
        visible: input.visible === undefined || isOn(input.visible),
        required: isOn(input.isrequired),
      },
      site.account.time.now(),
    );
    return reply.code(201).send({ field: view(site, field) });
  });

  app.get<FieldId>(`${API}/fields/:id`, async (request) => {
    const field = fieldOf(site, request.params.id);
    return {
      fieldOptions: optionsOf(site, field),
      fieldRels: site.account.fields.relationsOf(field.id).map(fieldRelationView),
      field: view(site, field),
    };
  });

  app.get<FieldId>(`${API}/fields/:id/options`, async (request) => ({
    fieldOptions: optionsOf(site, fieldOf(site, request.params.id)),
  }));

  app.put<FieldId>(`${API}/fields/:id`, async (request) => {
    const field = fieldOf(site, request.params.id);
    const input = unwrap(request.body, 'field', fieldSchema);
    const holder = input.title === undefined ? undefined : site.account.fields.byTitle(input.title);
    if (holder !== undefined && holder !== field) throw duplicateTitle(holder.title);
    field.title = input.title ?? field.title;
    field.description = input.descript ?? field.description;
    field.defaultValue = input.defval ?? field.defaultValue;
    field.perstag = input.perstag === undefined ? field.perstag : toPerstag(input.perstag);
    field.order = input.ordernum ?? field.order;
    field.visible = input.visible === undefined ? field.visible : isOn(input.visible);
    field.updatedAt = site.account.time.now();
    return { field: view(site, field) };
  });

  app.delete<FieldId>(`${API}/fields/:id`, async (request) => {
    const field = fieldOf(site, request.params.id);
    site.account.fields.delete(field.id);
    return {};
  });

  app.post(`${API}/fieldOption/bulk`, async (request, reply) => {
    const body = z.object({ fieldOptions: z.array(optionSchema).min(1) }).safeParse(request.body);
    if (!body.success) {
      // Here "errors" is a string.
      throw new VendorError(422, {
        errors: 'Bulk operation failed. Request must contain an array of fieldOption objects.',
      });
    }
    const made = body.data.fieldOptions.map((option, index) =>
      site.account.fields.addOption(
        {
          field: option.field,
          value: option.value,
          label: option.label ?? option.value,
          order: option.orderid ?? index + 1,
          isDefault: isOn(option.isdefault),
        },
        site.account.time.now(),
      ),
    );
    return reply.code(201).send({ fieldOptions: made.map((option) => fieldOptionView(option, site.base)) });
  });

  app.post(`${API}/fieldRels`, async (request, reply) => {
    const { field, relid } = unwrap(request.body, 'fieldRel', z.object({ field: maybeId, relid: maybeId }));
    if (field === undefined || relid === undefined) throw forbidden();
    if (site.account.fields.fields.get(field) === undefined) throw forbidden();
    const relation = site.account.fields.relate(field, relid, site.account.time.now());
    return reply.code(201).send({
      fieldRel: {
        relid: asSent(request.body, 'fieldRel', 'relid'),
        field: asSent(request.body, 'fieldRel', 'field'),
        cdate: isoTime(relation.createdAt),
        links: [],
        id: String(relation.id),
      },
    });
  });

  fieldGroupRoutes(app, site);
}

/** The vendor's own groups: of contacts, deals, accounts. */
const GROUPS = ['{**DEFAULT**}', '{**DEAL_DEFAULT**}', '{**ACCOUNT_DEFAULT**}'];

function fieldGroupRoutes(app: FastifyInstance, site: Site): void {
  let lastMember = 0;

  app.get(`${API}/groupMembers`, async () => ({
    groupDefinitions: GROUPS.map((label, index) => ({
      id: index + 1,
      type_id: index + 1,
      label,
      ordernum: index + 1,
      links: {
        groupMembers: `${site.base}${API}/groupMembers?group_id=${index + 1}`,
        groupType: `${site.base}${API}/groupTypes/${index + 1}`,
      },
    })),
  }));

  app.post(`${API}/groupMembers`, async (request) => {
    const shape = z.object({ rel_id: maybeId, group_id: maybeId, ordernum: z.unknown().optional() });
    const { rel_id: field, group_id: group = 1 } = unwrap(request.body, 'groupMember', shape);
    if (field === undefined) throw forbidden('Client error: rel_id is required');
    if (group > GROUPS.length) throw noResult('GroupDefinition', group);
    lastMember += 1;
    return {
      groupMember: {
        id: lastMember,
        group_id: group,
        rel_id: field,
        ordernum: lastMember,
        created_by: 1,
        updated_by: 1,
        links: { groupDefinition: `${site.base}${API}/groupDefinitions/${group}` },
      },
    };
  });
}

function fieldOf(site: Site, id: string): Field {
  const field = site.account.fields.fields.get(Number(id));
  if (field === undefined) throw noResult('Field', id);
  return field;
}

function view(site: Site, field: Field) {
  const { fields } = site.account;
  return fieldView(field, fields.optionsOf(field.id), fields.relationsOf(field.id), site.base);
}

function optionsOf(site: Site, field: Field) {
  return site.account.fields.optionsOf(field.id).map((option) => fieldOptionView(option, site.base));
}

function fieldMissing(title: string): VendorError {
  return new VendorError(422, { errors: [{ title, detail: '', code: 'field_missing' }] });
}

function duplicateTitle(title: string): VendorError {
  return new VendorError(422, {
    errors: [
      {
        title: 'There is already a field with this title',
        detail: `There is already a field named '${title}' -- choose another name`,
        code: 'duplicate',
      },
    ],
  });
}

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === '1';
}
