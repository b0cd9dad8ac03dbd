import { call, FetchResponse } from './call.ts';
import { Wire, type WireResult } from './wire.ts';

type Params = Readonly<Record<string, unknown>>;

/** An Apex method as `@salesforce/apex/Class.method` exports it: to call, and to wire. */
export interface ApexMethod {
  (params?: Params): Promise<unknown>;
  readonly adapter: new (callback: (result: WireResult) => void) => Wire<Params>;
}

/** Answers of cacheable methods, by method and parameters, until they are refreshed. */
const answers = new Map<string, Promise<unknown>>();
const wires = new WeakMap<object, Wire<Params>>();

type Outcome = { readonly returnValue: unknown } | { readonly error: { readonly message: string } };

/** @throws FetchResponse with what the method threw as its body */
async function invoke(name: string, params: Params): Promise<unknown> {
  const outcome = (await call('POST', `/lightning/apex/${name}`, params)) as Outcome; // as routes/components.ts sends it
  if ('error' in outcome) throw new FetchResponse(500, 'Server Error', outcome.error);
  return outcome.returnValue;
}

function cached(name: string, params: Params): Promise<unknown> {
  const key = `${name} ${JSON.stringify(params)}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = invoke(name, params);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

/**
 * @param name `Class.method`.
 * @param isCacheable whether its annotation says so: only such a method can be wired.
 */
export function apexMethod(name: string, isCacheable: boolean): ApexMethod {
  class ApexWire extends Wire<Params> {
    constructor(callback: (result: WireResult) => void) {
      super(callback);
      if (!isCacheable)
        throw new TypeError(`${name} cannot be wired: it is not @AuraEnabled(cacheable=true).`);
    }

    protected override isReady(params: Params): boolean {
      return Object.values(params).every((value) => value !== undefined);
    }

    protected override load(params: Params): Promise<unknown> {
      return cached(name, params);
    }

    protected override forget(params: Params): void {
      answers.delete(`${name} ${JSON.stringify(params)}`);
    }

    protected override emit(result: WireResult): void {
      wires.set(result, this);
      super.emit(result);
    }
  }
  const method = (params: Params = {}): Promise<unknown> =>
    isCacheable ? cached(name, params) : invoke(name, params);
  return Object.assign(method, { adapter: ApexWire });
}

/** Asks the org anew for what a wired property or function was given. */
export async function refreshApex(provisioned: object): Promise<void> {
  await wires.get(provisioned)?.refresh();
}
