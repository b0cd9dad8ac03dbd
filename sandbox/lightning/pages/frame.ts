import { html, inScript } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { SandboxContext } from '../client/context.ts';
import type { Viewer } from '../shell/viewer.ts';

/** An entry of the bar at the top. */
export interface NavItem {
  readonly label: string;
  readonly path: string;
  readonly isCurrent: boolean;
}

/** What the scripts of a page with components need. */
export interface Scripts {
  /** Module → address. */
  readonly imports: Readonly<Record<string, string>>;
  readonly main: string;
  readonly context: SandboxContext;
}

export interface Page {
  readonly title: string;
  readonly app: string;
  readonly nav: readonly NavItem[];
  readonly body: Html;
  /** Where the language switch leads back to. */
  readonly path: string;
  readonly scripts?: Scripts;
}

export const STYLES = {
  designSystem: '/lightning/assets/slds.css',
  shell: '/lightning/assets/shell.css',
} as const;

const WAFFLE = html`<span class="waffle" aria-hidden="true"
  >${Array.from({ length: 9 }, () => html`<i></i>`)}</span
>`;

function header({ viewer, app, nav, path }: Page & { viewer: Viewer }): Html {
  const { texts, language, user } = viewer;
  return html`<header class="shell-header">
    <div class="shell-header__bar">
      <span class="shell-header__org">${texts.sandbox}</span>
      ${user.isAdmin && html`<a href="/lightning/setup/PermSets">${texts.setup}</a>`}
      <form method="post" action="/lightning/language" class="shell-header__language">
        <input type="hidden" name="path" value="${path}" />
        <fieldset>
          <legend class="slds-assistive-text">${texts.language}</legend>
          <button name="language" value="en" lang="en" aria-pressed="${String(language === 'en')}">
            English
          </button>
          <button name="language" value="es" lang="es" aria-pressed="${String(language === 'es')}">
            Español
          </button>
        </fieldset>
      </form>
      <span>${user.firstName} ${user.lastName}</span>
      <a href="/secur/logout.jsp">${texts.logOut}</a>
    </div>
    <nav class="shell-nav" aria-label="${texts.main}">
      <a class="shell-nav__launcher" href="/lightning/page/home" title="${texts.appLauncher}"
        >${WAFFLE}<span class="slds-assistive-text">${texts.appLauncher}</span></a
      >
      <span class="shell-nav__app">${app}</span>
      <ul>
        ${nav.map(
          (item) =>
            html`<li>
              <a href="${item.path}" ${item.isCurrent && html` aria-current="page"`}>${item.label}</a>
            </li>`,
        )}
      </ul>
    </nav>
  </header>`;
}

function scriptTags({ imports, main, context }: Scripts, nonce: string): Html {
  return html`<script type="importmap" nonce="${nonce}">
      ${inScript({ imports })}
    </script>
    <script nonce="${nonce}">
      globalThis.sandboxContext = ${inScript(context)};
    </script>
    <script type="module" src="${main}"></script>`;
}

/** A whole page. @param nonce names the scripts that the page itself brings */
export function frame(viewer: Viewer, page: Page, nonce: string): string {
  const { texts, language } = viewer;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} | ${texts.sandbox}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${STYLES.designSystem}" data-design-system />
        <link rel="stylesheet" href="${STYLES.shell}" />
      </head>
      <body>
        <a class="shell-skip" href="#content">${texts.skip}</a>
        ${header({ ...page, viewer })}
        <main id="content" class="shell-main" tabindex="-1">${page.body}</main>
        <div id="toasts" class="toasts"></div>
        ${page.scripts && scriptTags(page.scripts, nonce)}
      </body>
    </html> `.text;
}
