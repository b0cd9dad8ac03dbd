import type { FastifyInstance } from 'fastify';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import { links } from '../views/links.ts';

const ADMIN = {
  id: '1',
  username: 'admin',
  firstName: 'Ada',
  lastName: 'Marlow',
  email: 'ada@harbourfield.example',
};

/** Who the key belongs to, and the account's plan. */
export function customerRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/users/me`, async () => ({ user: userView(site.base) }));

  app.get(`${API}/users`, async () => ({ users: [userView(site.base)], meta: { total: '1' } }));

  app.get(`${API}/settings/account`, async () => ({
    account: 'sandbox.activehosted.com',
    email: ADMIN.email,
    first_name: ADMIN.firstName,
    last_name: ADMIN.lastName,
    cname: '',
    status: 'active',
    subscriber_limit: site.account.settings.contactLimit,
    subscriber_total: site.account.contacts.size,
    trial: false,
    credits: null,
    branding: false,
  }));
}

function userView(base: string) {
  return {
    username: ADMIN.username,
    firstName: ADMIN.firstName,
    lastName: ADMIN.lastName,
    email: ADMIN.email,
    phone: '',
    signature: null,
    links: links(base, `users/${ADMIN.id}`, [
      'lists',
      'userGroup',
      'dealGroupTotals',
      'dealGroupUsers',
      'configs',
    ]),
    id: ADMIN.id,
  };
}
