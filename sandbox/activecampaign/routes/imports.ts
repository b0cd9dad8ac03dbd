import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VendorError } from '../http/errors.ts';
import { id, text } from '../http/input.ts';
import { Query } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { ImportCallback, ImportContact } from '../state/imports.ts';
import type { Quota } from '../state/quota.ts';

const MOST_CONTACTS = 250;
const MOST_BYTES = 399_999;

/** Snake case only: a camel-case key is an unknown one, and those are passed over. */
const contactSchema = z.object({
  email: z
    .string({ error: "Field 'email' is required" })
    .regex(/^[^\s@]+@[^\s@]+$/, "Field 'email' incorrect format"),
  first_name: text.optional(),
  last_name: text.optional(),
  phone: text.optional(),
  customer_acct_name: text.optional(),
  tags: z.array(text, { error: "Field 'tags' incorrect format" }).optional(),
  fields: z.array(z.object({ id, value: text }), { error: "Field 'fields' incorrect format" }).optional(),
  subscribe: z.array(z.object({ listid: id }), { error: "Field 'subscribe' incorrect format" }).optional(),
  unsubscribe: z
    .array(z.object({ listid: id }), { error: "Field 'unsubscribe' incorrect format" })
    .optional(),
});

const pairs = z
  .array(z.object({ key: z.string(), value: text }))
  .optional()
  .catch(undefined)
  .transform((list) => (list ?? []).filter(({ key }) => key !== ''));

const callbackSchema = z.object({
  url: z.string().min(1),
  requestType: z.string().optional(),
  detailed_results: z.union([z.string(), z.boolean()]).optional(),
  params: pairs,
  headers: pairs,
});

const importSchema = z.object({
  contacts: z.array(z.unknown()).min(1),
  callback: callbackSchema.optional().catch(undefined),
  exclude_automations: z.unknown().optional(),
});

/** The asynchronous import of many contacts at once, and the state of its batches. */
export function importRoutes(app: FastifyInstance, site: Site, enforced: () => boolean): void {
  app.post(`${API}/import/bulk_import`, async (request) => {
    const body = importSchema.safeParse(request.body);
    const given = body.success ? body.data.contacts : [];
    if (enforced()) takeQuota(site, given.length === 1);
    if (request.bodyBytes > MOST_BYTES) throw refused(['The request body must be smaller than 400 KB.']);
    if (!body.success) throw refused(["'contacts' must be an array with at least one contact."]);
    if (given.length > MOST_CONTACTS)
      throw refused([`Up to ${MOST_CONTACTS} contacts may be imported at once.`]);
    const batch = site.account.imports.submit({
      contacts: readContacts(given),
      excludeAutomations: isTrue(body.data.exclude_automations),
      callback: readCallback(body.data.callback),
    });
    return {
      Success: 1,
      queued_contacts: given.length,
      batchId: batch.id,
      message: 'Contact import queued',
    };
  });

  app.get(`${API}/import/bulk_import`, async () => site.account.imports.overview());

  app.get(`${API}/import/info`, async (request, reply) => {
    const batchId = new Query(request).get('batchId');
    if (batchId === undefined || batchId === '') {
      throw new VendorError(400, { success: 0, message: "'batchId' is a required field." });
    }
    const found = site.account.imports.status(batchId);
    // Not an object, for a batch that is too fresh (or unknown).
    if (found === false) return reply.type('application/json').send('false');
    const { status, batch } = found;
    return {
      status,
      success: batch.success.map(String),
      failure: batch.failure.map(({ email }) => email),
    };
  });
}

function takeQuota({ account }: Site, single: boolean): void {
  const quota: Quota = single ? account.quotas.singleImports : account.quotas.imports;
  if (quota.take()) return;
  throw new VendorError(400, {
    success: 0,
    message: 'Rate limit exceeded.',
    failureReasons: [
      single
        ? `Up to ${quota.limit} single-contact imports may be requested per minute. Please batch contacts, or retry in a minute.`
        : `Up to ${quota.limit} imports may be requested per minute. Please batch contacts, or retry in a minute.`,
    ],
  });
}

/** One bad contact refuses them all. */
function readContacts(given: readonly unknown[]): ImportContact[] {
  const parsed = given.map((contact) => contactSchema.safeParse(contact));
  const failures = parsed.flatMap((result, index) =>
    result.success
      ? []
      : result.error.issues.map((issue) => ({ contact: index + 1, failureReason: reasonOf(issue) })),
  );
  if (failures.length > 0) throw refused(failures);
  return parsed.flatMap((result) => (result.success ? [importContact(result.data)] : []));
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const [field] = issue.path;
  if (issue.path.length === 1) return issue.message;
  return field === undefined ? 'Contact incorrect format' : `Field '${String(field)}' incorrect format`;
}

function importContact(contact: z.output<typeof contactSchema>): ImportContact {
  return {
    email: contact.email,
    ...(contact.first_name === undefined ? {} : { firstName: contact.first_name }),
    ...(contact.last_name === undefined ? {} : { lastName: contact.last_name }),
    ...(contact.phone === undefined ? {} : { phone: contact.phone }),
    ...(contact.customer_acct_name === undefined ? {} : { companyName: contact.customer_acct_name }),
    values: (contact.fields ?? []).map((field) => ({ field: field.id, value: field.value })),
    tags: contact.tags ?? [],
    subscribe: (contact.subscribe ?? []).map(({ listid }) => listid),
    unsubscribe: (contact.unsubscribe ?? []).map(({ listid }) => listid),
  };
}

function readCallback(callback: z.output<typeof callbackSchema> | undefined): ImportCallback | null {
  if (callback === undefined) return null;
  const url = /^https?:\/\//.test(callback.url) ? callback.url : `http://${callback.url}`;
  if (!URL.canParse(url)) return null;
  return {
    url,
    method: callback.requestType?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    detailed: isTrue(callback.detailed_results),
    params: callback.params,
    headers: callback.headers,
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

function refused(failureReasons: readonly unknown[]): VendorError {
  return new VendorError(400, {
    success: 0,
    message:
      'JSON payload did not pass validation. Please fix failureReasons and retry. The import was not queued for processing.',
    failureReasons,
  });
}
