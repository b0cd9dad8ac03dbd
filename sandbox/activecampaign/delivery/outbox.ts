import axios from 'axios';

export interface Outgoing {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** The body, already encoded. */
  readonly body: string;
  /** Why it is sent: an event's type, "automation" or "import". */
  readonly reason: string;
}

/** One attempt; there is never a second. */
export interface Delivery extends Outgoing {
  /** The answer's status, or the failure's code. */
  readonly outcome: number | string;
}

const TIMEOUT_MS = 5_000;
const LANES = 8;
const REMEMBERED = 500;

/** Sends in the background, a few at a time, each once. */
export class Outbox {
  readonly #waiting: { readonly mail: Outgoing; readonly onStatus: (status: number) => void }[] = [];
  #underWay = 0;
  #log: Delivery[] = [];
  #idlers: (() => void)[] = [];

  /** The last deliveries, oldest first. */
  get log(): readonly Delivery[] {
    return this.#log;
  }

  send(mail: Outgoing, onStatus: (status: number) => void = () => undefined): void {
    this.#waiting.push({ mail, onStatus });
    if (this.#underWay < LANES) void this.#work();
  }

  /** Forgets what is waiting; what is under way goes on. */
  drop(): void {
    this.#waiting.splice(0);
  }

  /** Resolves once nothing is waiting or under way. */
  async idle(): Promise<void> {
    if (this.#underWay === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  async #work(): Promise<void> {
    this.#underWay += 1;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const outcome = await attempt(next.mail);
      this.#log = [...this.#log.slice(1 - REMEMBERED), { ...next.mail, outcome }];
      if (typeof outcome === 'number') next.onStatus(outcome);
    }
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    for (const resolve of this.#idlers.splice(0)) resolve();
  }
}

async function attempt({ url, method, headers, body }: Outgoing): Promise<number | string> {
  try {
    const answer = await axios.request<string>({
      url,
      method,
      headers: { ...headers },
      ...(method === 'POST' ? { data: body } : {}),
      timeout: TIMEOUT_MS,
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      validateStatus: () => true,
    });
    return answer.status;
  } catch (error) {
    return axios.isAxiosError(error) ? (error.code ?? error.message) : String(error);
  }
}
