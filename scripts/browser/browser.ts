/** A page as a browser has it: where it is and what it says. Of one that was not opened only its address is known. */
export interface Page {
  readonly url: string;
  readonly status: number | undefined;
  readonly html: string;
}

const REDIRECTS = 10;

/** As much of a browser as a login needs: cookies by host, redirects, forms. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #stayAt: string | undefined;

  /** @param stayAt an origin; a redirect that leaves it is not followed, the page is where it leads */
  constructor({ stayAt }: { stayAt?: string } = {}) {
    this.#stayAt = stayAt;
  }

  open(url: string): Promise<Page> {
    return this.#go(url, {});
  }

  /** Sends the page's form with its hidden fields and what a person fills in. @throws Error when there is no form */
  submit(page: Page, filledIn: Readonly<Record<string, string>>): Promise<Page> {
    const [form, attributes] = /<form\b([^>]*)>[\s\S]*?<\/form>/.exec(page.html) ?? [];
    if (form === undefined || attributes === undefined) {
      throw new Error(`The page at ${page.url} shows no form (status ${page.status ?? 'unknown'}).`);
    }
    const hidden = [...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(
      ([input]): [string, string] => [attribute(input, 'name'), attribute(input, 'value')],
    );
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...filledIn });
    return this.#go(new URL(attribute(attributes, 'action'), page.url).href, { method: 'POST', body });
  }

  async #go(url: string, request: RequestInit): Promise<Page> {
    let [next, options] = [new URL(url), request];
    for (let hop = 0; hop < REDIRECTS; hop += 1) {
      const response = await fetch(next, {
        ...options,
        redirect: 'manual',
        headers: { Cookie: this.#cookiesOf(next.host) },
      });
      this.#keepCookies(next.host, response);
      const location = response.headers.get('Location');
      const html = await response.text();
      if (location === null) return { url: next.href, status: response.status, html };
      [next, options] = [new URL(location, next), {}];
      if (this.#stayAt !== undefined && next.origin !== this.#stayAt) {
        return { url: next.href, status: undefined, html: '' };
      }
    }
    throw new Error(`${url} leads in a circle.`);
  }

  #cookiesOf(host: string): string {
    return [...(this.#cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(host: string, response: Response): void {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      jar.set(name.trim(), value.join('=').trim());
    }
    this.#cookies.set(host, jar);
  }
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
