import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, invalid, noResult, titled } from '../http/errors.ts';
import { fieldValueList, text, unwrap } from '../http/input.ts';
import { Query } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import { isEmail } from '../state/contacts.ts';
import type { Contact } from '../state/contacts.ts';
import type { Saved } from '../state/people.ts';
import { contactView, fieldValueView, savedContactView } from '../views/contact.ts';
import { sideLoads } from '../views/sideLoads.ts';
import { contactQuery } from './contactQuery.ts';

const contactSchema = z
  .object({
    email: text.optional(),
    firstName: text.optional(),
    lastName: text.optional(),
    phone: text.optional(),
    fieldValues: fieldValueList,
  })
  .transform(({ email, firstName, lastName, phone, fieldValues }) => ({
    ...(email === undefined ? {} : { email: email.trim() }),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(phone === undefined ? {} : { phone }),
    values: fieldValues,
  }));

type ContactId = { Params: { id: string } };

/** Contacts: list, read, create, change, delete, and the upsert by email. */
export function contactRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/contacts`, async (request) => {
    const query = new Query(request);
    const { rows, total } = site.account.contacts.page(contactQuery(query, site.account));
    const { siblings, nested } = sideLoads(site, rows, query.includes());
    return {
      scoreValues: [],
      ...siblings,
      contacts: rows.map((contact) => ({ ...contactView(contact, site.base), ...nested(contact) })),
      meta: { total: String(total), sortable: true },
    };
  });

  app.post(`${API}/contact/sync`, async (request, reply) => {
    const input = unwrap(request.body, 'contact', contactSchema);
    const { email } = input;
    if (email === undefined || email === '') {
      throw titled(400, 'Bad Request', 'Contact email must be provided for sync');
    }
    mustBeEmail(email);
    const { people, contacts } = site.account;
    const known = contacts.byEmail(email);
    const actor = actorOf(site, request);
    const saved =
      known === undefined ? people.create({ ...input, email }, actor) : people.update(known, input, actor);
    const values = setValues(saved, site);
    return reply.code(known === undefined ? 201 : 200).send({
      ...(values.length === 0 ? {} : { fieldValues: values }),
      contact: savedContactView(saved.contact, site.base),
    });
  });

  app.post(`${API}/contacts`, async (request, reply) => {
    const input = unwrap(request.body, 'contact', contactSchema);
    const { email } = input;
    if (email === undefined || email === '') {
      throw invalid('The contact email was not provided.', 'field_missing', 'email');
    }
    mustBeEmail(email);
    mustBeFree(site, email);
    const saved = site.account.people.create({ ...input, email }, actorOf(site, request));
    return reply
      .code(201)
      .send({ fieldValues: setValues(saved, site), contact: savedContactView(saved.contact, site.base) });
  });

  app.get<ContactId>(`${API}/contacts/:id`, async (request) => {
    const contact = contactOf(site, request.params.id);
    const includes = new Query(request).includes();
    const usual = ['contactAutomations', 'contactLists', 'deals', 'fieldValues', 'geoIps', 'accountContacts'];
    const { siblings, nested } = sideLoads(site, [contact], new Set([...usual, ...includes]));
    site.account.activities.retrieve(contact.id, site.account.time.now());
    return {
      geoAddresses: [],
      ...siblings,
      contact: { ...contactView(contact, site.base), ...nested(contact) },
    };
  });

  app.put<ContactId>(`${API}/contacts/:id`, async (request) => {
    const contact = contactOf(site, request.params.id);
    const input = unwrap(request.body, 'contact', contactSchema);
    if (input.email !== undefined) {
      mustBeEmail(input.email);
      mustBeFree(site, input.email, contact);
    }
    const saved = site.account.people.update(contact, input, actorOf(site, request));
    return {
      fieldValues: setValues(saved, site),
      contact: {
        ...contactView(contact, site.base),
        fieldValues: contact.values.map((value) => String(value.id)),
      },
    };
  });

  app.delete<ContactId>(`${API}/contacts/:id`, async (request) => {
    const contact = site.account.contacts.get(Number(request.params.id));
    if (contact === undefined) {
      // Unlike a read, a deletion calls the contact by its public name.
      throw new VendorError(404, { message: `No result found for contact with id ${request.params.id}` });
    }
    site.account.deleteContact(contact);
    return {};
  });
}

/** @throws VendorError 404, which names the vendor's own model */
export function contactOf(site: Site, id: string): Contact {
  const contact = site.account.contacts.get(Number(id));
  if (contact === undefined) throw noResult('Subscriber', id);
  return contact;
}

function setValues({ contact, values }: Saved, site: Site) {
  return values.map((value) => fieldValueView(contact, value, site.base));
}

function mustBeEmail(email: string): void {
  if (isEmail(email)) return;
  throw new VendorError(422, {
    errors: [
      {
        title: 'Contact Email Address is not valid.',
        code: 'email_invalid',
        error: 'must_be_valid_email_address',
        source: { pointer: '/data/attributes/email' },
      },
    ],
  });
}

function mustBeFree(site: Site, email: string, owner?: Contact): void {
  const holder = site.account.contacts.byEmail(email);
  if (holder !== undefined && holder !== owner) {
    throw invalid('Email address already exists in the system', 'duplicate', 'email');
  }
}
