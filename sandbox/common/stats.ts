/** What `GET /__sandbox/stats` tells of the calls since the last reset; calls to the control doors are not among them. */
export interface CallStats {
  readonly calls: {
    readonly total: number;
    /** By method and route pattern, for example "GET /api/3/contacts/:id"; the path itself where no route matched. */
    readonly byRoute: Readonly<Record<string, number>>;
    /** By answered status; "dropped" and "reset" where a fault kept the answer back. */
    readonly byStatus: Readonly<Record<string, number>>;
  };
  /** Bytes of request and response bodies. */
  readonly bytes: { readonly in: number; readonly out: number };
}

/** Counts calls, outcomes and bytes. */
export class Stats {
  #total = 0;
  #byRoute = new Map<string, number>();
  #byStatus = new Map<string, number>();
  #bytesIn = 0;
  #bytesOut = 0;

  call(route: string): void {
    this.#total += 1;
    count(this.#byRoute, route);
  }

  outcome(status: number | 'dropped' | 'reset'): void {
    count(this.#byStatus, String(status));
  }

  received(bytes: number): void {
    this.#bytesIn += bytes;
  }

  sent(bytes: number): void {
    this.#bytesOut += bytes;
  }

  reset(): void {
    this.#total = 0;
    this.#byRoute.clear();
    this.#byStatus.clear();
    this.#bytesIn = 0;
    this.#bytesOut = 0;
  }

  read(): CallStats {
    return {
      calls: { total: this.#total, byRoute: sorted(this.#byRoute), byStatus: sorted(this.#byStatus) },
      bytes: { in: this.#bytesIn, out: this.#bytesOut },
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
