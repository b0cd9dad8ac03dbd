import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, noResult } from '../http/errors.ts';
import type { VendorError } from '../http/errors.ts';
import { asSent, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { OwnedValue } from '../state/values.ts';
import { contactView, fieldValueView } from '../views/contact.ts';

const valueSchema = z.object({
  contact: maybeId,
  field: maybeId,
  value: text.optional(),
});

type ValueId = { Params: { id: string } };

/** What contacts hold in custom fields, row by row. */
export function fieldValueRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/fieldValues`, async (request) => {
    const query = new Query(request);
    const field = query.filter('fieldid');
    const wanted = query.filter('val');
    const rows: OwnedValue[] = [];
    for (const contact of site.account.contacts.all()) {
      for (const value of contact.values) {
        if (field !== undefined && String(value.field) !== field) continue;
        if (wanted === undefined || value.value === wanted) rows.push({ contact, value });
      }
    }
    const page = paged(rows, query);
    return {
      fieldValues: page.rows.map(({ contact, value }) => fieldValueView(contact, value, site.base)),
      meta: page.meta,
    };
  });

  // An upsert: the same contact and field keep their row.
  app.post(`${API}/fieldValues`, async (request) => {
    const input = unwrap(request.body, 'fieldValue', valueSchema);
    const field = input.field === undefined ? undefined : site.account.fields.fields.get(input.field);
    if (field === undefined) throw notAField();
    const contact = input.contact === undefined ? undefined : site.account.contacts.get(input.contact);
    if (contact === undefined) throw forbidden();
    const value = site.account.people.setValue(contact, field, input.value ?? '', actorOf(site, request));
    if (value === undefined) throw notAValue();
    return written(site, request.body, { contact, value });
  });

  app.get<ValueId>(`${API}/fieldValues/:id`, async (request) => {
    const { contact, value } = ownedValue(site, request.params.id);
    return { fieldValue: fieldValueView(contact, value, site.base) };
  });

  app.put<ValueId>(`${API}/fieldValues/:id`, async (request) => {
    const owned = ownedValue(site, request.params.id);
    const input = unwrap(request.body, 'fieldValue', valueSchema);
    const field = site.account.fields.fields.get(owned.value.field);
    if (field === undefined) throw notAField();
    const { contact } = owned;
    const value = site.account.people.setValue(contact, field, input.value ?? '', actorOf(site, request));
    if (value === undefined) throw notAValue();
    return written(site, request.body, { contact, value });
  });

  app.delete<ValueId>(`${API}/fieldValues/:id`, async (request) => {
    const { contact, value } = ownedValue(site, request.params.id);
    site.account.people.removeValue(contact, value, actorOf(site, request));
    return {};
  });
}

/** Ids of contact and field come back as they were written. */
function written(site: Site, body: unknown, { contact, value }: OwnedValue) {
  return {
    contacts: [contactView(contact, site.base)],
    fieldValue: {
      ...fieldValueView(contact, value, site.base),
      contact: asSent(body, 'fieldValue', 'contact') ?? String(contact.id),
      field: asSent(body, 'fieldValue', 'field') ?? String(value.field),
    },
  };
}

/** Not found is 403 here. */
function ownedValue(site: Site, id: string): OwnedValue {
  const owned = site.account.values.find(site.account.contacts.all(), Number(id));
  if (owned === undefined) throw noResult('FieldValue', id, 403);
  return owned;
}

function notAField(): VendorError {
  return invalid('Field id not valid', 'field_invalid', 'field');
}

function notAValue(): VendorError {
  return invalid('The value is not valid for this field.', 'field_invalid', 'value');
}
