import { XMLBuilder } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../http/site.ts';
import type { Site } from '../http/site.ts';

interface Result {
  readonly result_code: 0 | 1;
  readonly result_message: string;
}

const parameters = z.record(z.string(), z.string().catch(''));

/** Kinds of sending that send nothing. */
const SIMULATIONS = ['test', 'source', 'messagesize', 'spamcheck', 'preview'];

/** The old API, of which one call is still needed: sending a campaign to one contact. */
export function v1Routes(app: FastifyInstance, site: Site): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/admin/api.php',
    handler: async (request, reply) => {
      const given = read(request);
      const action = given['api_action'] ?? '';
      const result: Result =
        action === 'campaign_send'
          ? sendCampaign(site, request, given)
          : { result_code: 0, result_message: 'The requested API action does not exist.' };
      return answer(reply, action, given['api_output'], result);
    },
  });
}

/** From the query and, when it is form-encoded, the body. A JSON body is not looked at. */
function read(request: FastifyRequest): Record<string, string> {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return { ...parameters.parse(request.query), ...(isForm ? parameters.parse(request.body) : {}) };
}

function answer(reply: FastifyReply, action: string, output: string | undefined, result: Result) {
  if (output === 'json') {
    return reply.send({ result: result.result_code === 1, ...result, result_output: 'json' });
  }
  const xml = new XMLBuilder().build({ [action === '' ? 'response' : action]: result });
  return reply.type('text/xml').send(xml);
}

/** Suppressed people get nothing, and the answer does not say so; a repeat sends again. */
function sendCampaign(site: Site, request: FastifyRequest, given: Record<string, string>): Result {
  const { campaigns, contacts, activities, time } = site.account;
  const contact = contacts.byEmail(given['email'] ?? '');
  const campaign = campaigns.campaigns.get(Number(given['campaignid']));
  const kind = given['action'] ?? 'send';
  if (campaign === undefined) return { result_code: 0, result_message: 'Campaign not found' };
  if (campaign.message !== Number(given['messageid'])) {
    return { result_code: 0, result_message: 'Message not found in this campaign' };
  }
  if (contact === undefined) return { result_code: 0, result_message: 'Contact not found' };
  if (kind !== 'send' && kind !== 'copy' && !SIMULATIONS.includes(kind)) {
    return { result_code: 0, result_message: 'Unknown action' };
  }
  const gone = contact.lists.length > 0 && contact.lists.every((row) => row.status !== 1);
  if ((kind === 'send' || kind === 'copy') && contact.hardBounces === 0 && !gone) {
    activities.add(contact, { kind: 'sent', campaign, at: time.now() }, actorOf(site, request));
    if (kind === 'send') {
      campaign.sends += 1;
      campaign.lastSentAt = time.now();
    }
  }
  return { result_code: 1, result_message: 'Message sent' };
}
