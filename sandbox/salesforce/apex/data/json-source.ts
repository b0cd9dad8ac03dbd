import { raise } from '../runtime/errors.ts';

/** Numbers keep the text they were written with, which tells Integer, Long and Decimal apart. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** @throws ApexFailure JSONException for what is no JSON. */
export function parsed(source: string): unknown {
  const keepNumber = (...args: unknown[]): unknown => {
    const [, value, context] = args;
    if (typeof value !== 'number') return value;
    const isContext = typeof context === 'object' && context !== null && 'source' in context;
    return new JsonNumber(isContext ? String(context.source) : String(value));
  };
  try {
    return JSON.parse(source, keepNumber);
  } catch (error) {
    return raise('JSONException', error instanceof Error ? error.message : String(error));
  }
}
