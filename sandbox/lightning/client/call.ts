type Body = { readonly message: string } & Readonly<Record<string, unknown>>;

/** What a call that failed rejects with: the platform's `FetchResponse`, whose `body.message` says what happened. */
export class FetchResponse extends Error {
  readonly ok = false;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>> = {};
  readonly body: Body;

  constructor(status: number, statusText: string, body: Body) {
    super(body.message);
    this.status = status;
    this.statusText = statusText;
    this.body = body;
  }
}

function bodyOf(text: string, status: number): Body {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string')
      return { ...body, message: body.message };
  } catch {
    // Not JSON: a proxy's page, or nothing at all. The status is what there is to say.
  }
  return { message: `The org answered with status ${status}.` };
}

/**
 * JSON to and from the org as the logged-in user. A session that has ended leads to the login page.
 * @throws FetchResponse
 */
export async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new FetchResponse(0, '', { message: 'The org cannot be reached.' });
  }
  const text = await response.text();
  if (response.status === 401) location.assign(`/login?startURL=${encodeURIComponent(location.pathname)}`);
  if (!response.ok)
    throw new FetchResponse(response.status, response.statusText, bodyOf(text, response.status));
  return text === '' ? undefined : JSON.parse(text);
}
