import type { AuthorizationResult } from '../../engine/setup/authorize-salesforce.ts';
import type { SyncError } from '../../lib/errors.ts';
import { inWords, wordsOf } from '../../lib/languages.ts';
import type { Language } from '../../words/language.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { width: min(30rem, calc(100vw - 2rem)); border-inline-start: .4rem solid; padding: .5rem 1.25rem; }
  .connected { border-color: #2e844a; }
  .failed { border-color: #ba0517; }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
`;

interface PageTexts {
  readonly connected: string;
  readonly notConnected: string;
  readonly error: string;
  readonly done: string;
  readonly code: string;
  readonly back: string;
}

const texts: Readonly<Record<Language, PageTexts>> = {
  en: {
    connected: 'Connected',
    notConnected: 'Not connected',
    error: 'Error',
    done: 'Salesforce is connected. You can close this window.',
    code: 'Code',
    back: 'Back to Salesforce',
  },
  es: {
    connected: 'Conectado',
    notConnected: 'No conectado',
    error: 'Error',
    done: 'Salesforce está conectado. Puede cerrar esta ventana.',
    code: 'Código',
    back: 'Volver a Salesforce',
  },
};

/** The page on which the window ends: what came of it in words, and a message to the page that opened it. */
export function authorizationPage(
  { attemptId, returnUrl, error }: AuthorizationResult,
  nonce: string,
  language: Language,
): string {
  const text = texts[language];
  const state = error ? 'failed' : 'connected';
  const title = error
    ? error.code === 'SYNC_OAUTH_DENIED'
      ? text.notConnected
      : text.error
    : text.connected;
  const paragraphs = (error ? explained(error, language) : [text.done]).map(
    (words) => `<p>${escapeHtml(words)}</p>`,
  );
  const code = error ? `<p>${text.code}: <code>${error.code}</code></p>` : '';
  const link = returnUrl === undefined ? '' : `<p><a href="${escapeHtml(returnUrl)}">${text.back}</a></p>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Syncline</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main class="${state}"${error ? ' role="alert"' : ''}>
<h1>${title}</h1>
${paragraphs.join('\n')}
${code}${link}
</main>
${returnUrl === undefined ? '' : messageScript({ returnUrl, attemptId, state, code: error?.code }, nonce)}
</body>
</html>
`;
}

/** What happened this time, where that says more than what the code means, and what to do. */
function explained(error: SyncError, language: Language): string[] {
  const { meaning, remedy } = wordsOf(error.code, language);
  const told = inWords(error.told, language);
  return [...(told === meaning ? [] : [told]), meaning, remedy];
}

/** Tells the opener, at its exact origin and nowhere else, and closes a window that went well. */
function messageScript(
  message: { returnUrl: string; attemptId: string | undefined; state: string; code: string | undefined },
  nonce: string,
): string {
  const { returnUrl, attemptId, state, code } = message;
  const body = inScript({ type: 'syncline:authorization', authorizationId: attemptId, state, code });
  return `<script nonce="${nonce}">
if (window.opener) {
  window.opener.postMessage(${body}, ${inScript(new URL(returnUrl).origin)});
  ${state === 'connected' ? 'setTimeout(() => window.close(), 1500);' : ''}
}
</script>`;
}

/** A value as a JavaScript literal that cannot end the script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
