import { z } from 'zod';
import { id } from './schemas.ts';

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value)));

const rows = <S extends z.ZodType>(row: S) =>
  z
    .array(row)
    .nullish()
    .transform((list) => list ?? []);

/** What every trace of a mail has. */
const mailTrace = { id, campaignid: text, messageid: text, tstamp: text };

/** `GET /contacts/{id}`, which also makes the vendor generate the contact's stream. */
export const contactRead = z.object({
  contactAutomations: rows(
    z.object({
      id,
      seriesid: text,
      automation: text,
      adddate: text,
      remdate: text,
      status: text,
      completed: text,
    }),
  ),
});

/** `GET /activities`: the stream, and beside it what it refers to. */
export const streamPage = z.object({
  activities: z.array(z.object({ tstamp: text, referenceModelName: text, reference_id: text, id })),
  logs: rows(z.object(mailTrace)),
  linkData: rows(z.object(mailTrace)),
  contactEmails: rows(z.object({ ...mailTrace, subject: text, message: text })),
  campaigns: rows(z.object({ id, name: text })),
});

/** `GET /emailActivities`: sendings. */
export const sentPage = z.object({ emailActivities: z.array(z.object({ ...mailTrace, subject: text })) });

/** `GET /messageActivities`: openings and clicks; not on every plan. */
export const messagePage = z.object({
  messageActivities: z.array(
    z.object({ id, event: text, campaign: text, message: text, link: text, tstamp: text }),
  ),
});

/** `GET /linkData`: clicks. */
export const clickPage = z.object({ linkData: z.array(z.object({ ...mailTrace, linkid: text })) });

/** `GET /contacts/{id}/trackingLogs`: page visits and tracked events. */
export const trackingPage = z.object({
  trackingLogs: z.array(z.object({ id, tstamp: text, type: text, value: text })),
});

export const campaignLinks = z.object({ links: z.array(z.object({ id, link: text })) });
export const campaignRead = z.object({ campaign: z.object({ id, name: text }) });
export const campaignMessages = z.object({ campaignMessages: z.array(z.object({ messageid: text })) });

export const campaignPage = z.object({
  campaigns: z.array(z.object({ id, name: text, type: text, status: text, sdate: text })),
});

export const automationPage = z.object({ automations: z.array(z.object({ id, name: text, status: text })) });

export const automationEntry = z.object({ contactAutomation: z.object({ id }) });
export const automationEntries = z.object({
  contactAutomations: z.array(z.object({ id, automation: text, seriesid: text, adddate: text })),
});

/** The older API's answer: `result_code` is 1 for success. */
export const v1Answer = z.object({ result_code: z.coerce.number(), result_message: text });
