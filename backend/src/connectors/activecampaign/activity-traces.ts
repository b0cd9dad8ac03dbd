import type { z } from 'zod';
import {
  clickPage,
  contactRead,
  messagePage,
  sentPage,
  streamPage,
  trackingPage,
} from './activity-schemas.ts';
import type { ActiveCampaignClient, Query } from './client.ts';
import { PlatformRefusal } from './errors.ts';
import { manifest } from './manifest.ts';

/** Where activities come from, as named where one of them could not be read. */
export type ActivitySource =
  | 'activities'
  | 'emailActivities'
  | 'messageActivities'
  | 'linkData'
  | 'trackingLogs'
  | 'campaigns'
  | 'automations';

/** What is known of one activity before campaigns, links and automations have names. */
export type Trace =
  | { readonly kind: 'sent'; readonly at: number; readonly campaign: string; readonly subject: string }
  | { readonly kind: 'open'; readonly at: number; readonly campaign: string; readonly message: string }
  | {
      readonly kind: 'reply';
      readonly at: number;
      readonly campaign: string;
      readonly subject: string;
      readonly body: string;
    }
  | { readonly kind: 'click'; readonly at: number; readonly campaign: string; readonly link: string }
  | { readonly kind: 'entered' | 'completed'; readonly at: number; readonly automation: string }
  | { readonly kind: 'tracked'; readonly at: number; readonly name: string; readonly value: string };

/** Traces of one log or all; complete: there are no older ones. */
export interface Traces {
  readonly traces: readonly Trace[];
  readonly isComplete: boolean;
}

/** A log of the vendor's, the newest first. */
interface Log<S extends z.ZodType> {
  readonly query: Query;
  readonly schema: S;
  readonly rowsOf: (page: z.output<S>) => readonly unknown[];
  readonly tracesOf: (page: z.output<S>) => Trace[];
}

/** Sources that the account's plan or the key's user has not, as they are met. */
export class Missing {
  readonly sources = new Set<ActivitySource>();

  /** What the work gives, or undefined where there is no such source here. */
  async without<T>(source: ActivitySource, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      this.sources.add(source);
      return undefined;
    }
  }
}

/** Reads a contact's traces from the vendor's several logs, none of which has all of them. */
export class TraceReader {
  readonly #client: ActiveCampaignClient;
  readonly #missing: Missing;
  /** Names of campaigns that came beside the stream, by id. */
  readonly campaignNames = new Map<string, string>();

  constructor(client: ActiveCampaignClient, missing: Missing) {
    this.#client = client;
    this.#missing = missing;
  }

  /**
   * The newest first, each once: at least the `depth` newest, as the newest of all logs cannot stand deeper than that in
   * any of them. @throws PlatformRefusal 404 for a contact that is gone
   */
  async read(contactId: string, depth: number): Promise<Traces> {
    // Reading the contact comes first: it makes the vendor bring the stream up to date.
    const { contactAutomations } = await this.#client.get(contactPath(contactId), [], contactRead);
    const entries = contactAutomations.flatMap((entry): Trace[] => {
      const automation = entry.automation || entry.seriesid;
      const isDone = entry.status === '2' || entry.completed === '1';
      return [
        { kind: 'entered', at: Date.parse(entry.adddate), automation },
        ...(isDone ? [{ kind: 'completed' as const, at: Date.parse(entry.remdate), automation }] : []),
      ];
    });
    const logs = await Promise.all([
      this.#stream(contactId, depth),
      this.#sent(contactId, depth),
      this.#messages(contactId, depth),
      this.#clicks(contactId, depth),
      this.#tracked(contactId),
    ]);
    return {
      traces: distinct([...entries, ...logs.flatMap(({ traces }) => traces)]).sort((a, b) => b.at - a.at),
      isComplete: logs.every((log) => log.isComplete),
    };
  }

  #stream(contactId: string, depth: number): Promise<Traces> {
    return this.#log('activities', depth, {
      query: [
        ['contact', contactId],
        ['orders[tstamp]', 'DESC'],
        ['include', 'reference,reference.campaign'],
      ],
      schema: streamPage,
      rowsOf: (page) => page.activities,
      tracesOf: (page) => {
        for (const { id, name } of page.campaigns) this.campaignNames.set(id, name);
        const logs = new Map(page.logs.map((row) => [row.id, row]));
        const opens = new Map(page.linkData.map((row) => [row.id, row]));
        const mails = new Map(page.contactEmails.map((row) => [row.id, row]));
        return page.activities.flatMap(({ referenceModelName, reference_id, tstamp }): Trace[] => {
          const at = Date.parse(tstamp);
          const sent = referenceModelName === 'log' ? logs.get(reference_id) : undefined;
          if (sent) return [{ kind: 'sent', at, campaign: sent.campaignid, subject: '' }];
          const open = referenceModelName === 'link-data' ? opens.get(reference_id) : undefined;
          if (open) return [{ kind: 'open', at, campaign: open.campaignid, message: open.messageid }];
          const mail = referenceModelName === 'contact-email' ? mails.get(reference_id) : undefined;
          return mail
            ? [{ kind: 'reply', at, campaign: mail.campaignid, subject: mail.subject, body: mail.message }]
            : [];
        });
      },
    });
  }

  #sent(contactId: string, depth: number): Promise<Traces> {
    return this.#log('emailActivities', depth, {
      query: newest(contactId),
      schema: sentPage,
      rowsOf: (page) => page.emailActivities,
      tracesOf: (page) =>
        page.emailActivities.map(({ tstamp, campaignid, subject }) => ({
          kind: 'sent',
          at: Date.parse(tstamp),
          campaign: campaignid,
          subject,
        })),
    });
  }

  #messages(contactId: string, depth: number): Promise<Traces> {
    return this.#log('messageActivities', depth, {
      query: newest(contactId),
      schema: messagePage,
      rowsOf: (page) => page.messageActivities,
      tracesOf: (page) =>
        page.messageActivities.flatMap(({ event, campaign, message, link, tstamp }): Trace[] => {
          const at = Date.parse(tstamp);
          if (event === 'open') return [{ kind: 'open', at, campaign, message }];
          return event === 'click' ? [{ kind: 'click', at, campaign, link }] : [];
        }),
    });
  }

  #clicks(contactId: string, depth: number): Promise<Traces> {
    return this.#log('linkData', depth, {
      query: newest(contactId),
      schema: clickPage,
      rowsOf: (page) => page.linkData,
      tracesOf: (page) =>
        page.linkData.map(({ tstamp, campaignid, linkid }) => ({
          kind: 'click',
          at: Date.parse(tstamp),
          campaign: campaignid,
          link: linkid,
        })),
    });
  }

  /** What hangs below a contact comes whole. */
  async #tracked(contactId: string): Promise<Traces> {
    const path = `${contactPath(contactId)}/trackingLogs`;
    const page = await this.#missing.without('trackingLogs', this.#client.get(path, [], trackingPage));
    const traces = (page?.trackingLogs ?? []).map(({ tstamp, type, value }): Trace => ({
      kind: 'tracked',
      at: Date.parse(tstamp),
      name: type,
      value,
    }));
    return { traces, isComplete: true };
  }

  /** Reads a log, which is its own address, page by page: to its end, or until its `depth` newest rows are read. */
  async #log<S extends z.ZodType>(source: ActivitySource, depth: number, log: Log<S>): Promise<Traces> {
    const { readPage } = manifest.limits;
    const pages = this.#client.pages(`/${source}`, log.query, log.schema, log.rowsOf);
    const traces: Trace[] = [];
    let isComplete = false;
    for (let rows = 0; rows < depth && !isComplete; rows += readPage) {
      const page = await this.#missing.without(source, pages.next());
      const isPage = page !== undefined && page.done !== true;
      if (isPage) traces.push(...log.tracesOf(page.value));
      isComplete = !isPage || log.rowsOf(page.value).length < readPage;
    }
    return { traces, isComplete };
  }
}

function contactPath(contactId: string): string {
  return `/contacts/${encodeURIComponent(contactId)}`;
}

function newest(contactId: string): Query {
  return [
    ['filters[subscriberid]', contactId],
    ['orders[tstamp]', 'DESC'],
  ];
}

/** The logs overlap; one that can be dated and is told twice within its second is kept once, the fuller one. */
function distinct(traces: readonly Trace[]): Trace[] {
  const kept = new Map<string, Trace>();
  for (const trace of traces) {
    if (Number.isNaN(trace.at)) continue;
    const key = keyOf(trace);
    const known = kept.get(key);
    if (!known || (known.kind === 'sent' && known.subject === '')) kept.set(key, trace);
  }
  return [...kept.values()];
}

function keyOf(trace: Trace): string {
  const { at, kind, ...about } = trace;
  const {
    subject: _subject,
    message: _message,
    body: _body,
    ...identity
  } = { subject: '', message: '', body: '', ...about };
  return JSON.stringify([kind, Math.floor(at / 1_000), identity]);
}
