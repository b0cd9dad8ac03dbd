import meaning from '@salesforce/label/c.Error_CallFailed';
import remedy from '@salesforce/label/c.Error_CallFailedRemedy';

/** Why something did not work, as the error panel shows it and as the service tells it. */
export interface Failure {
  /** Stable: of the service's error catalogue, or one of the package's own. */
  readonly code: string;
  /** What the code means, in the reader's language. */
  readonly meaning: string;
  /** What the reader can do. */
  readonly remedy: string;
  /** What happened this time, often in the words of the system that refused something. */
  readonly message?: string;
}

/** What a rejected Apex call says: the JSON that Apex sends for errors of the package and the service, else the platform's words. */
export function toFailure(error: unknown): Failure {
  const text = messageOf(error);
  return parse(text) ?? { code: 'PACKAGE_CALL_FAILED', meaning, remedy, message: text };
}

function messageOf(error: unknown): string {
  const body = property(error, 'body') ?? error;
  const first: unknown = Array.isArray(body) ? body[0] : body;
  return textOf(first, 'message') ?? '';
}

function parse(text: string): Failure | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined; // The platform's own words are no JSON.
  }
  const code = textOf(content, 'code');
  const said = textOf(content, 'meaning');
  if (code === undefined || said === undefined) return undefined;
  return {
    code,
    meaning: said,
    remedy: textOf(content, 'remedy') ?? '',
    message: textOf(content, 'message') ?? '',
  };
}

function textOf(value: unknown, name: string): string | undefined {
  const text = property(value, name);
  return typeof text === 'string' ? text : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
