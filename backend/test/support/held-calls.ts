import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** A call of the service to a vendor that waits for the test. */
export interface HeldCall {
  /** Resolves when the service has come to it. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

interface Wait {
  readonly moment: 'before it is sent' | 'before its answer is heard';
  readonly call: RegExp;
  readonly reach: () => void;
  readonly over: Promise<void>;
}

/** Calls of the service that a test holds back, so that two runs meet as it wants. To be made before the service. */
export class HeldCalls {
  readonly #waits = new Set<Wait>();

  constructor() {
    const send = axios.getAdapter('http');
    axios.defaults.adapter = async (sent): Promise<AxiosResponse> => {
      await this.#meet('before it is sent', sent);
      const answer = await send(sent);
      await this.#meet('before its answer is heard', sent);
      return answer;
    };
  }

  /**
   * Holds the next call that looks so.
   * @param call - What its method, address and body look like in one line.
   */
  hold(moment: Wait['moment'], call: RegExp): HeldCall {
    const reached = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    this.#waits.add({ moment, call, reach: reached.resolve, over: over.promise });
    return { reached: reached.promise, release: over.resolve };
  }

  async #meet(
    moment: Wait['moment'],
    { method = 'get', url = '', data }: InternalAxiosRequestConfig,
  ): Promise<void> {
    const line = `${method.toUpperCase()} ${decodeURIComponent(url)} ${typeof data === 'string' ? data : ''}`;
    const wait = [...this.#waits].find((one) => one.moment === moment && one.call.test(line));
    if (wait === undefined) return;
    this.#waits.delete(wait);
    wait.reach();
    await wait.over;
  }
}
