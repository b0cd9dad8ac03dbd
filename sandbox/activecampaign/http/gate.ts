import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isControlCall } from '../../common/control.ts';
import type { Control } from '../../common/control.ts';
import { VendorError, forbidden } from './errors.ts';
import { Query } from './query.ts';
import { API } from './site.ts';
import type { Site } from './site.ts';

/** The sandbox's one key. */
const API_KEY = 'sandbox-activecampaign-key';

/** What the limit header says while the limits are off. */
const UNLIMITED = 1_000_000;

/** Lets API calls in: the key first, then the account's rate limit. Tracking and web copies are open to anyone. */
export function installGate(app: FastifyInstance, site: Site, control: Control): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isControlCall(request)) return;
    // The account's own time, which callers may read for the start of their next window.
    reply.header('Date', new Date(site.account.time.now()).toUTCString());
    if (!isApiCall(request)) return;
    if (!hasKey(request)) throw forbidden();
    if (isAboutAccounts(request) && !site.account.settings.accounts) throw forbidden();
    // Imports have a limit of their own, which their route keeps.
    if (isImport(request)) return;
    if (!control.limits.enforce) {
      reply.headers({ 'RateLimit-Limit': UNLIMITED, 'RateLimit-Remaining': UNLIMITED });
      return;
    }
    const { calls } = site.account.quotas;
    const allowed = calls.take();
    reply.headers({ 'RateLimit-Limit': calls.limit, 'RateLimit-Remaining': calls.remaining() });
    if (allowed) return;
    reply.header('Retry-After', site.account.settings.retryAfterSeconds);
    throw new VendorError(429, { message: 'Too Many Requests' });
  });
}

function isImport({ method, url }: FastifyRequest): boolean {
  return method === 'POST' && url.startsWith(`${API}/import/bulk_import`);
}

/** Accounts, their fields and who belongs to them are a matter of the plan. */
function isAboutAccounts({ url }: FastifyRequest): boolean {
  return /^\/api\/3\/account(s|Contacts|CustomField)/.test(url);
}

function isApiCall({ url }: FastifyRequest): boolean {
  return url.startsWith(`${API}/`) || url.startsWith('/admin/');
}

/** In a header; for the old API in the query as well. */
function hasKey(request: FastifyRequest): boolean {
  if (request.headers['api-token'] === API_KEY) return true;
  return request.url.startsWith('/admin/') && new Query(request).get('api_key') === API_KEY;
}
