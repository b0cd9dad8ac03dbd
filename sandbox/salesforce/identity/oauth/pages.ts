import { escapeHtml } from '../../../common/html.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(26rem, calc(100vw - 2rem)); border: 1px solid GrayText; border-radius: .5rem; padding: 1.5rem; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; }
  label { display: block; margin-top: .75rem; font-weight: 600; }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; margin-top: .25rem; }
  button { font: inherit; padding: .6rem 1.2rem; margin: 1rem .5rem 0 0; cursor: pointer; }
  [role=alert] { border-inline-start: .3rem solid #b3261e; padding: .5rem .75rem; margin: 0 0 1rem; }
`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The login form. `startUrl` is where a login leads: a path of this server. */
export function loginPage(details: {
  startUrl: string;
  username?: string | undefined;
  failed?: boolean;
}): string {
  const alert = details.failed
    ? '<p role="alert" id="error">Please check your username and password. If you still can\'t log in, contact your Salesforce administrator.</p>'
    : '';
  const described = details.failed ? ' aria-describedby="error" aria-invalid="true"' : '';
  return page(
    'Log in to the sandbox org',
    `${alert}<form method="post" action="/login">
<input type="hidden" name="startURL" value="${escapeHtml(details.startUrl)}">
<label for="username">Username</label>
<input id="username" name="username" type="email" autocomplete="username" required value="${escapeHtml(details.username ?? '')}"${described}>
<label for="password">Password</label>
<input id="password" name="pw" type="password" autocomplete="current-password" required${described}>
<button type="submit" id="Login" name="Login" value="login">Log In</button>
</form>`,
  );
}

const SCOPE_MEANING: Readonly<Record<string, string>> = {
  api: 'Manage user data via APIs',
  refresh_token: 'Perform requests at any time',
  offline_access: 'Perform requests at any time',
  id: 'Access the identity URL service',
  openid: 'Access unique user identifiers',
  profile: 'Access your basic information',
  email: 'Access your email address',
  address: 'Access your address',
  phone: 'Access your phone number',
  web: 'Manage user data via Web browsers',
  full: 'Full access',
};

/** The allow or deny form. `request` names the pending authorization. */
export function approvalPage(details: {
  clientName: string;
  username: string;
  scope: string;
  request: string;
}): string {
  const scopes = details.scope
    .split(' ')
    .map((scope) => `<li>${escapeHtml(SCOPE_MEANING[scope] ?? scope)}</li>`)
    .join('\n');
  return page(
    'Allow Access?',
    `<p><strong>${escapeHtml(details.clientName)}</strong> is asking to:</p>
<ul>
${scopes}
</ul>
<p>Do you want to allow access for ${escapeHtml(details.username)}?</p>
<form method="post" action="/services/oauth2/approval">
<input type="hidden" name="request" value="${escapeHtml(details.request)}">
<button type="submit" id="oadeny" name="decision" value="deny">Deny</button>
<button type="submit" id="oaapprove" name="decision" value="allow">Allow</button>
</form>`,
  );
}

/** What a browser sees where the app that sent it is not to be trusted with an answer. */
export function oauthErrorPage(error: { error: string; error_description: string }): string {
  return page(
    'OAuth Error',
    `<p role="alert">We can't authorize you because of an OAuth error. For more information, contact your Salesforce administrator.</p>
<p>error=${escapeHtml(error.error)}&amp;error_description=${escapeHtml(error.error_description)}</p>`,
  );
}
