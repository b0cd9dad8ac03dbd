import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, missingAttribute, noResult, titled } from '../http/errors.ts';
import { asSent, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged, passes } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Contact } from '../state/contacts.ts';
import type { Tag } from '../state/tags.ts';
import { contactTagView, contactView } from '../views/contact.ts';
import { tagView } from '../views/resources.ts';

const tagSchema = z.object({
  tag: text.optional(),
  tagType: text.optional(),
  description: text.optional(),
});

type TagId = { Params: { id: string } };

/** Tags, and contacts' tags. */
export function tagRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/tags`, async (request) => {
    const query = new Query(request);
    const search = query.get('search') ?? query.filter('search') ?? '';
    const operators = query.operators('search');
    const all = site.account.tags.tags
      .all()
      .filter((tag) => passes(tag.name, 'contains', search))
      .filter((tag) => operators.every(([operator, wanted]) => passes(tag.name, operator, wanted)));
    const { rows, meta } = paged(all, query);
    return { tags: rows.map((tag) => tagView(tag, site.base)), meta };
  });

  app.post(`${API}/tags`, async (request, reply) => {
    const { tag: name = '', tagType: type = '', description = '' } = unwrap(request.body, 'tag', tagSchema);
    if (name === '') throw missingAttribute('tag');
    const known = site.account.tags.byName(name, type);
    if (known !== undefined) return { tag: tagView(known, site.base) };
    const tag = site.account.tags.create({ name, type, description }, site.account.time.now());
    return reply.code(201).send({ tag: tagView(tag, site.base) });
  });

  app.get<TagId>(`${API}/tags/:id`, async (request) => {
    const tag = tagOf(site, request.params.id);
    let count = 0;
    for (const contact of site.account.contacts.all()) {
      if (contact.tags.some((row) => row.tag === tag.id)) count += 1;
    }
    return { tag: { ...tagView(tag, site.base), subscriber_count: String(count) } };
  });

  app.put<TagId>(`${API}/tags/:id`, async (request) => {
    const tag = tagOf(site, request.params.id);
    const input = unwrap(request.body, 'tag', tagSchema);
    tag.name = input.tag ?? tag.name;
    tag.type = input.tagType ?? tag.type;
    tag.description = input.description ?? tag.description;
    return { tag: tagView(tag, site.base) };
  });

  app.delete<TagId>(`${API}/tags/:id`, async (request) => {
    const tag = tagOf(site, request.params.id);
    for (const contact of site.account.contacts.all()) {
      const row = contact.tags.find((other) => other.tag === tag.id);
      if (row !== undefined) site.account.people.untag(contact, row, actorOf(site, request));
    }
    site.account.tags.tags.delete(tag.id);
    return {};
  });

  contactTagRoutes(app, site);
}

function contactTagRoutes(app: FastifyInstance, site: Site): void {
  app.post(`${API}/contactTags`, async (request, reply) => {
    const shape = z.object({ contact: maybeId, tag: maybeId });
    const input = unwrap(request.body, 'contactTag', shape);
    if (input.contact === undefined) throw missingAttribute('contact');
    const contact = site.account.contacts.get(input.contact);
    if (contact === undefined) throw titled(404, 'Not Found', 'Contact not found');
    const tag = input.tag === undefined ? undefined : site.account.tags.tags.get(input.tag);
    if (tag === undefined) throw noTagId();
    const before = contact.tags.length;
    const row = site.account.people.tag(contact, tag, actorOf(site, request));
    return reply.code(contact.tags.length > before ? 201 : 200).send({
      contacts: [contactView(contact, site.base)],
      contactTag: {
        ...contactTagView(contact, row, site.base),
        contact: asSent(request.body, 'contactTag', 'contact'),
        tag: asSent(request.body, 'contactTag', 'tag'),
      },
    });
  });

  app.delete<TagId>(`${API}/contactTags/:id`, async (request) => {
    const id = Number(request.params.id);
    const owner = ownerOf(site.account.contacts.all(), id);
    const row = owner?.tags.find((other) => other.id === id);
    if (owner === undefined || row === undefined) throw noResult('SubscriberTag', request.params.id);
    site.account.people.untag(owner, row, actorOf(site, request));
    return {};
  });
}

function ownerOf(contacts: Iterable<Contact>, contactTag: number): Contact | undefined {
  for (const contact of contacts) if (contact.tags.some((row) => row.id === contactTag)) return contact;
  return undefined;
}

function tagOf(site: Site, id: string): Tag {
  const tag = site.account.tags.tags.get(Number(id));
  if (tag === undefined) throw noResult('Tag', id);
  return tag;
}

function noTagId(): VendorError {
  return new VendorError(422, {
    errors: [{ status: 422, title: 'No tag id provided', source: { pointer: '/data/attributes/tag' } }],
  });
}
