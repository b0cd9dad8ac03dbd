import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError, invalid, missingAttribute, noResult, titled } from '../http/errors.ts';
import { asSent, maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged, passes } from '../http/query.ts';
import { API, actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { List } from '../state/lists.ts';
import { contactListView, contactView } from '../views/contact.ts';
import { listView } from '../views/resources.ts';

const listSchema = z.object({
  name: text.optional(),
  stringid: text.optional(),
  sender_url: text.optional(),
  sender_reminder: text.optional(),
  channel: text.optional(),
});

const membershipSchema = z.object({
  list: maybeId,
  contact: maybeId,
  status: z.union([z.number(), z.string()]).transform(Number),
  sourceid: maybeId,
});

type ListId = { Params: { id: string } };

/** Lists, and contacts' standing on them. */
export function listRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/lists`, async (request) => {
    const query = new Query(request);
    const name = query.filter('name') ?? '';
    const operators = query.operators('name');
    const all = site.account.lists.lists
      .all()
      .filter((list) => passes(list.name, 'contains', name))
      .filter((list) => operators.every(([operator, wanted]) => passes(list.name, operator, wanted)));
    const { rows, meta } = paged(all, query);
    return { lists: rows.map((list) => listView(list, site.base)), meta };
  });

  app.post(`${API}/lists`, async (request) => {
    const input = unwrap(request.body, 'list', listSchema);
    const required = (name: 'name' | 'stringid' | 'sender_url' | 'sender_reminder') => {
      const value = input[name];
      if (value === undefined || value === '') throw missingAttribute(name);
      return value;
    };
    const at = site.account.time.now();
    const list = site.account.lists.create(
      {
        name: required('name'),
        stringId: required('stringid'),
        senderUrl: required('sender_url'),
        senderReminder: required('sender_reminder'),
        channel: input.channel ?? 'email',
      },
      at,
    );
    site.account.events.emit({ type: 'list_add', list, actor: actorOf(site, request), at });
    return { list: listView(list, site.base) };
  });

  app.get<ListId>(`${API}/lists/:id`, async (request) => ({
    list: listView(listOf(site, request.params.id), site.base),
  }));

  app.delete<ListId>(`${API}/lists/:id`, async (request) => {
    site.account.lists.lists.delete(listOf(site, request.params.id).id);
    return {};
  });

  let lastGroup = 0;
  app.post(`${API}/listGroups`, async (request, reply) => {
    const shape = z.object({ listid: maybeId, groupid: maybeId });
    const { listid, groupid } = unwrap(request.body, 'listGroup', shape);
    if (listid === undefined || groupid === undefined) throw new VendorError(403, { message: 'Forbidden' });
    lastGroup += 1;
    return reply.code(201).send({
      listGroup: { list: listid, group: groupid, links: {}, id: String(lastGroup) },
    });
  });

  app.post(`${API}/contactLists`, async (request, reply) => {
    const input = unwrap(request.body, 'contactList', membershipSchema);
    const { status } = input;
    if (status !== 0 && status !== 1 && status !== 2 && status !== 3) {
      throw invalid('The value you selected is not a valid choice.', 'field_invalid', 'status');
    }
    const contact = input.contact === undefined ? undefined : site.account.contacts.get(input.contact);
    if (contact === undefined) throw titled(404, 'Not Found', 'Contact not found');
    if (input.list === undefined || site.account.lists.lists.get(input.list) === undefined) {
      throw titled(404, 'Not Found', 'List not found');
    }
    const isNew = !contact.lists.some((row) => row.list === input.list);
    const actor = actorOf(site, request);
    const row = site.account.people.setList(contact, input.list, status, input.sourceid ?? 0, actor);
    const sent = (name: string) => asSent(request.body, 'contactList', name);
    return reply.code(isNew ? 201 : 200).send({
      contacts: [contactView(contact, site.base)],
      contactList: {
        ...contactListView(contact, row, site.base),
        contact: sent('contact'),
        list: sent('list'),
        status: sent('status'),
      },
    });
  });
}

function listOf(site: Site, id: string): List {
  const list = site.account.lists.lists.get(Number(id));
  if (list === undefined) throw noResult('List', id);
  return list;
}
