/** A callout as it goes out. */
export interface HttpExchange {
  readonly method: string;
  /** May begin with `callout:Name`. */
  readonly endpoint: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly timeoutMilliseconds: number;
}

export interface HttpResult {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** What went wrong with a callout, as CalloutException says it. */
export interface HttpFailure {
  readonly failure: string;
}

/** Thrown through a transaction that needs an answer from outside before it can go on; it is then run again. */
export class CalloutPending extends Error {
  readonly request: HttpExchange;

  constructor(request: HttpExchange) {
    super(`Waiting for ${request.endpoint}`);
    this.request = request;
  }
}
