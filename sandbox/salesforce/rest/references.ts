import { ApiError } from '../org/types.ts';

/** Bodies of earlier subrequests, by reference id. */
export type Answered = ReadonlyMap<string, unknown>;

const REFERENCE = /@\{([^}]+)\}/g;

/** `records[0].Id` → `records`, `0`, `Id`. */
function stepsOf(path: string): string[] {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
}

function lookUp(answered: Answered, expression: string): unknown {
  const [reference = '', ...steps] = stepsOf(expression);
  let value = answered.get(reference);
  for (const step of steps) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  if (value !== undefined && value !== null && steps.length > 0) return value;
  throw new ApiError(
    400,
    'PROCESSING_HALTED',
    `Invalid reference specified. No value for ${expression} found in ${reference}`,
  );
}

/** Text in the place of references, as paths and parts of values need it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Puts the values of earlier answers in the place of `@{reference.path}`, anywhere in a url, header or body.
 * @throws ApiError PROCESSING_HALTED where an earlier answer has no such value
 */
export function resolveText(text: string, answered: Answered): string {
  return text.replaceAll(REFERENCE, (_, expression: string) => textOf(lookUp(answered, expression)));
}

/** As `resolveText` for a whole body. Text that is one reference and nothing else takes the value's own type. */
export function resolveBody(body: unknown, answered: Answered): unknown {
  if (typeof body === 'string') {
    if (!body.includes('@{')) return body;
    const only = /^@\{([^}]+)\}$/.exec(body)?.[1];
    return only === undefined ? resolveText(body, answered) : lookUp(answered, only);
  }
  if (Array.isArray(body)) return body.map((item) => resolveBody(item, answered));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, resolveBody(value, answered)]),
  );
}
