import type { AuthorizationResult } from '../../engine/setup/authorize-salesforce.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { width: min(30rem, calc(100vw - 2rem)); border-inline-start: .4rem solid; padding: .5rem 1.25rem; }
  .connected { border-color: #2e844a; }
  .failed { border-color: #ba0517; }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
`;

/** The page on which the window ends: what came of it in words, and a message to the page that opened it. */
export function authorizationPage(
  { attemptId, returnUrl, error }: AuthorizationResult,
  nonce: string,
): string {
  const state = error ? 'failed' : 'connected';
  const title = error ? (error.code === 'SYNC_OAUTH_DENIED' ? 'Not connected' : 'Error') : 'Connected';
  const words = error
    ? [error.message, error.message === error.entry.meaning ? '' : error.entry.meaning, error.entry.remedy]
    : ['Salesforce is connected. You can close this window.'];
  const paragraphs = words.filter((text) => text !== '').map((text) => `<p>${escapeHtml(text)}</p>`);
  const code = error ? `<p>Code: <code>${error.code}</code></p>` : '';
  const link =
    returnUrl === undefined ? '' : `<p><a href="${escapeHtml(returnUrl)}">Back to Salesforce</a></p>`;
  return `<!doctype html>
<html lang="en">
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
