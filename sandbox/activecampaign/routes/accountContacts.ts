import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalid, noResult } from '../http/errors.ts';
import { asSent, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Relation } from '../state/companies.ts';
import type { Contact } from '../state/contacts.ts';
import { accountContactView } from '../views/contact.ts';

const relationSchema = z.object({ contact: maybeId, account: maybeId, jobTitle: text.optional() });

type RelationId = { Params: { id: string } };

/** Which contact belongs to which account: one account a contact. */
export function accountContactRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/accountContacts`, async (request) => {
    const query = new Query(request);
    const contact = query.filter('contact');
    const company = query.filter('account');
    const all = site.account.companies.relations
      .all()
      .filter((row) => contact === undefined || String(row.contact) === contact)
      .filter((row) => company === undefined || String(row.company) === company);
    const { rows, meta } = paged(all, query);
    return { accountContacts: rows.map((row) => accountContactView(row, site.base)), meta };
  });

  app.post(`${API}/accountContacts`, async (request, reply) => {
    const input = unwrap(request.body, 'accountContact', relationSchema);
    if (input.contact === undefined) {
      throw invalid('The contact attribute was not provided', 'field_missing', 'contact');
    }
    if (input.account === undefined) {
      throw invalid('The account attribute was not provided', 'field_missing', 'account');
    }
    const contact = site.account.contacts.get(input.contact);
    if (contact === undefined) throw invalid('The contact does not exist.', 'related_missing', 'contact');
    const company = companyOf(site, input.account);
    if (contact.relation !== null) {
      throw invalid(
        'This contact is already associated with an account. We currently do not support contacts on multiple accounts.',
        'field_invalid',
        'account,contact',
      );
    }
    const actor = actorOf(site, request);
    const relation = site.account.people.relate(contact, company, input.jobTitle ?? '', actor);
    return reply.code(201).send({
      accountContact: {
        ...accountContactView(relation, site.base),
        account: asSent(request.body, 'accountContact', 'account'),
        contact: asSent(request.body, 'accountContact', 'contact'),
      },
    });
  });

  app.get<RelationId>(`${API}/accountContacts/:id`, async (request) => ({
    accountContact: accountContactView(relationOf(site, request.params.id).relation, site.base),
  }));

  app.put<RelationId>(`${API}/accountContacts/:id`, async (request) => {
    const { relation, contact } = relationOf(site, request.params.id);
    const input = unwrap(request.body, 'accountContact', relationSchema);
    const company = companyOf(site, input.account ?? relation.company);
    const change = { company, jobTitle: input.jobTitle ?? relation.jobTitle };
    site.account.people.changeRelation(contact, relation, change, actorOf(site, request));
    return { accountContact: accountContactView(relation, site.base) };
  });

  app.delete<RelationId>(`${API}/accountContacts/:id`, async (request) => {
    site.account.people.part(relationOf(site, request.params.id).contact);
    return {};
  });
}

function relationOf(site: Site, id: string): { readonly relation: Relation; readonly contact: Contact } {
  const relation = site.account.companies.relations.get(Number(id));
  const contact = relation === undefined ? undefined : site.account.contacts.get(relation.contact);
  if (relation === undefined || contact === undefined) throw noResult('CustomerAccountSubscriber', id);
  return { relation, contact };
}

function companyOf(site: Site, id: number) {
  const company = site.account.companies.companies.get(id);
  if (company === undefined) throw invalid('The account does not exist.', 'related_missing', 'account');
  return company;
}
