import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, invalid, noResult } from '../http/errors.ts';
import { maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Actor } from '../state/actor.ts';
import { companyFieldTypes } from '../state/companyFields.ts';
import type { CompanyDatum, DatumInput } from '../state/companyFields.ts';
import { companyFieldView, datumView } from '../views/companyField.ts';

/** Text, a number, or (for several options) a list: not the contacts' `||a||b||`. */
export const companyValue = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

const fieldSchema = z.object({
  fieldLabel: text.optional(),
  fieldType: z.enum(companyFieldTypes).optional().catch(undefined),
  fieldOptions: z.array(z.string()).nullable().optional(),
  fieldDefault: z.unknown().optional(),
  isFormVisible: z.unknown().optional(),
  isRequired: z.unknown().optional(),
});

const datumSchema = z.object({
  id: maybeId,
  accountId: maybeId,
  customerAccountId: maybeId,
  customFieldId: maybeId,
  fieldValue: companyValue,
  fieldCurrency: text.optional(),
});

type RowId = { Params: { id: string } };

/** Custom fields of accounts, and accounts' values in them. */
export function accountFieldRoutes(app: FastifyInstance, site: Site): void {
  const META = `${API}/accountCustomFieldMeta`;

  app.get(META, async (request) => {
    const { rows, meta } = paged(site.account.companyFields.fields.all(), new Query(request));
    return { accountCustomFieldMeta: rows.map((field) => companyFieldView(field, site.base)), meta };
  });

  app.post(META, async (request) => {
    const input = unwrap(request.body, 'accountCustomFieldMetum', fieldSchema);
    if (input.fieldLabel === undefined || input.fieldLabel === '') {
      throw required('The field label field is required.');
    }
    if (input.fieldType === undefined) throw required('The field type field is required.');
    const field = site.account.companyFields.create(
      {
        label: input.fieldLabel,
        type: input.fieldType,
        options: input.fieldOptions ?? null,
        defaultValue: input.fieldDefault ?? null,
        visible: input.isFormVisible === 1 || input.isFormVisible === true,
        required: input.isRequired === 1 || input.isRequired === true,
      },
      site.account.time.now(),
    );
    return { accountCustomFieldMetum: companyFieldView(field, site.base) };
  });

  app.get<RowId>(`${META}/:id`, async (request) => ({
    accountCustomFieldMetum: companyFieldView(fieldOf(site, request.params.id), site.base),
  }));

  app.put<RowId>(`${META}/:id`, async (request) => {
    const field = fieldOf(site, request.params.id);
    const input = unwrap(request.body, 'accountCustomFieldMetum', fieldSchema);
    field.label = input.fieldLabel ?? field.label;
    field.options = input.fieldOptions ?? field.options;
    field.updatedAt = site.account.time.now();
    return { accountCustomFieldMetum: companyFieldView(field, site.base) };
  });

  app.delete<RowId>(`${META}/:id`, async (request) => {
    site.account.companyFields.deleteField(fieldOf(site, request.params.id).id);
    return {};
  });

  dataRoutes(app, site);
}

function dataRoutes(app: FastifyInstance, site: Site): void {
  const DATA = `${API}/accountCustomFieldData`;

  app.get(DATA, async (request) => {
    const query = new Query(request);
    const company = query.filter('customerAccountId');
    const { companyFields } = site.account;
    const all = company === undefined ? companyFields.data.all() : companyFields.dataOf(Number(company));
    const { rows, meta } = paged(all, query);
    return { accountCustomFieldData: rows.map((datum) => datumView(datum, site.base)), meta };
  });

  app.post(DATA, async (request) => {
    const input = unwrap(request.body, 'accountCustomFieldDatum', datumSchema);
    const datum = site.account.companyFields.set(datumInput(site, input), site.account.time.now());
    touch(site, datum, actorOf(site, request));
    return { accountCustomFieldDatum: datumView(datum, site.base) };
  });

  // The body is a bare array.
  app.post(`${DATA}/bulkCreate`, async (request) => {
    const inputs = bulk(request.body).map((input) => datumInput(site, input));
    for (const input of inputs) {
      const datum = site.account.companyFields.set(input, site.account.time.now());
      touch(site, datum, actorOf(site, request));
    }
    return { message: 'the bulk insert was successful' };
  });

  app.patch(`${DATA}/bulkUpdate`, async (request) => {
    const changes = bulk(request.body).map((input) => ({
      input,
      datum: datumOf(site, String(input.id ?? '')),
    }));
    for (const { input, datum } of changes) change(site, datum, input, actorOf(site, request));
    const ids = changes.map(({ datum }) => datum.id).join(', ');
    return { message: `AccountCustomFieldDatas with ID(s): ${ids} successfully bulk updated.` };
  });

  app.get<RowId>(`${DATA}/:id`, async (request) => ({
    accountCustomFieldDatum: datumView(datumOf(site, request.params.id), site.base),
  }));

  app.put<RowId>(`${DATA}/:id`, async (request) => {
    const datum = datumOf(site, request.params.id);
    change(site, datum, unwrap(request.body, 'accountCustomFieldDatum', datumSchema), actorOf(site, request));
    return { accountCustomFieldDatum: datumView(datum, site.base) };
  });

  app.delete<RowId>(`${DATA}/:id`, async (request) => {
    const datum = datumOf(site, request.params.id);
    site.account.companyFields.delete(datum);
    touch(site, datum, actorOf(site, request));
    return { message: 'AccountCustomFieldData deleted.' };
  });
}

function bulk(body: unknown): z.output<typeof datumSchema>[] {
  const parsed = z.array(datumSchema).safeParse(body);
  if (parsed.success) return parsed.data;
  throw new VendorError(422, { errors: [{ title: z.prettifyError(parsed.error), detail: '', code: 422 }] });
}

function datumInput(site: Site, input: z.output<typeof datumSchema>): DatumInput {
  const company = input.customerAccountId ?? input.accountId;
  const field = input.customFieldId;
  if (company === undefined || site.account.companies.companies.get(company) === undefined) {
    throw invalid('The account does not exist.', 'related_missing', 'customerAccountId');
  }
  if (field === undefined || site.account.companyFields.fields.get(field) === undefined) {
    throw invalid('The custom field does not exist.', 'related_missing', 'customFieldId');
  }
  return { company, field, value: input.fieldValue, currency: input.fieldCurrency?.toLowerCase() ?? null };
}

function change(site: Site, datum: CompanyDatum, input: z.output<typeof datumSchema>, actor: Actor): void {
  const currency = input.fieldCurrency?.toLowerCase() ?? null;
  const { company, field } = datum;
  site.account.companyFields.set(
    { company, field, value: input.fieldValue, currency },
    site.account.time.now(),
  );
  touch(site, datum, actor);
}

/** A changed custom field value is an update of its account. */
function touch(site: Site, datum: CompanyDatum, actor: Actor): void {
  const { companies, time } = site.account;
  const company = companies.companies.get(datum.company);
  if (company !== undefined) companies.update(company, {}, [String(datum.field)], time.now(), actor);
}

function fieldOf(site: Site, id: string) {
  const field = site.account.companyFields.fields.get(Number(id));
  if (field === undefined) throw noResult('AccountCustomFieldMetum', id);
  return field;
}

function datumOf(site: Site, id: string): CompanyDatum {
  const datum = site.account.companyFields.data.get(Number(id));
  if (datum === undefined) throw new VendorError(404, { errors: [{ status: 404, title: 'Not Found' }] });
  return datum;
}

/** The code is a number here. */
function required(title: string): VendorError {
  return new VendorError(422, { errors: [{ title, detail: '', code: 422 }] });
}
