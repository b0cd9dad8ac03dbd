import type { MarketingAccount } from '../state/account.ts';
import type { Automation } from '../state/automations.ts';
import type { Contact } from '../state/contacts.ts';
import type { AccountEvent } from '../state/events.ts';
import type { Batch } from '../state/imports.ts';
import { automationBody, webhookBody } from './bodies.ts';
import type { FormPairs } from './bodies.ts';
import { Outbox } from './outbox.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What the vendor sends out by itself. Bodies tell the state of the moment they are made for. */
export class Deliveries {
  readonly outbox = new Outbox();
  readonly #account: MarketingAccount;
  readonly #base: () => string;

  constructor(account: MarketingAccount, base: () => string) {
    this.#account = account;
    this.#base = base;
  }

  /** One form post to every webhook that wants the event. A 410 in answer ends that webhook. */
  webhooks(event: AccountEvent): void {
    const hooks = this.#account.webhooks.wanting(event);
    if (hooks.length === 0) return;
    const body = encode(webhookBody(this.#account, event, this.#base()));
    for (const hook of hooks) {
      this.outbox.send(
        { url: hook.url, method: 'POST', headers: FORM, body, reason: event.type },
        (status) => {
          if (status === 410) hook.active = false;
        },
      );
    }
  }

  /** An automation's webhook step. */
  automation(url: string, contact: Contact, automation: Automation): void {
    const body = encode(automationBody(this.#account, contact, automation));
    this.outbox.send({ url, method: 'POST', headers: FORM, body, reason: 'automation' });
  }

  /** Tells the import's callback how many succeeded and failed and, if it asks for details, why each failed. */
  callBack(batch: Batch): void {
    const { callback } = batch;
    if (callback === null) return;
    const pairs: FormPairs = [
      ...callback.params.map(({ key, value }): [string, string] => [key, value]),
      ['batchId', batch.id],
      ['success', String(batch.success.length)],
      ['failures', String(batch.failure.length)],
      ...(callback.detailed
        ? batch.failure.map(({ email, reason }): [string, string] => ['errors[]', `${email}: ${reason}`])
        : []),
    ];
    const body = encode(pairs);
    const headers = {
      ...FORM,
      ...Object.fromEntries(callback.headers.map(({ key, value }) => [key, value])),
    };
    const url = callback.method === 'GET' ? withQuery(callback.url, body) : callback.url;
    this.outbox.send({ url, method: callback.method, headers, body, reason: 'import' });
  }
}

function encode(pairs: FormPairs): string {
  return new URLSearchParams(pairs).toString();
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
