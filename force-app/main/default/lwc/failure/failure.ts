import message from '@salesforce/label/c.Error_CallFailed';
import remedy from '@salesforce/label/c.Error_CallFailedRemedy';

/** Why something did not work, as the error panel shows it. */
export interface Failure {
  /** Stable: of the service's error catalogue, or one of the package's own. */
  readonly code: string;
  readonly message: string;
  /** What the reader can do. */
  readonly remedy: string;
}

/** What a rejected Apex call says: the JSON that Apex sends for the package's own errors, else the platform's words. */
export function toFailure(error: unknown): Failure {
  const text = messageOf(error);
  return parse(text) ?? { code: 'PACKAGE_CALL_FAILED', message: text === '' ? message : text, remedy };
}

function messageOf(error: unknown): string {
  const body = property(error, 'body') ?? error;
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const text = property(first, 'message');
  return typeof text === 'string' ? text : '';
}

function parse(text: string): Failure | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined; // The platform's own words are no JSON.
  }
  const [code, said, remedyOfService] = ['code', 'message', 'remedy'].map((name) => property(content, name));
  if (typeof code !== 'string' || typeof said !== 'string') return undefined;
  return { code, message: said, remedy: typeof remedyOfService === 'string' ? remedyOfService : '' };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
