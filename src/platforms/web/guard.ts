import type { Request, RequestHandler, Response } from 'express';

/**
 * The web desk has no sign-in: whoever reaches it may act as an administrator. So it serves this machine only, and the
 * browser of this machine only when its own page asks – another site open in the same browser must not (DNS rebinding,
 * cross-site requests).
 */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

const refusals = {
  not_loopback: [
    'The web desk is closed here',
    'Other machines can reach this service (by its HOST, or by the PUBLIC_URL it was given), and the web desk has no sign-in: anybody who found it could act as an administrator.',
    'To use it from other machines, let people sign in: set PUBLIC_URL, OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (docs/sign-in.md says how). To use it without, start a service with HOST=127.0.0.1 and no PUBLIC_URL, and open it on that machine or through an SSH tunnel.',
  ],
  foreign_host: [
    'This address is not the web desk’s own',
    'The page was asked for under a name other than localhost, 127.0.0.1 or [::1]. Another web site may be trying to use it.',
    'Open http://127.0.0.1 with the port that the service printed when it started.',
  ],
  foreign_origin: [
    'The request came from another site',
    'Only the desk’s own page may send messages and act on tickets.',
    'Open the desk in its own browser tab and press the button there.',
  ],
} as const satisfies Record<string, readonly [title: string, reason: string, remedy: string]>;

export function guard(loopback: boolean): RequestHandler {
  return (request, response, next) => {
    const refusal = refuse(request, loopback);
    if (!refusal) return next();
    send(request, response, refusal);
  };
}

function refuse(request: Request, loopback: boolean): keyof typeof refusals | null {
  if (!loopback) return 'not_loopback';
  const host = request.headers.host ?? '';
  if (!loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())) return 'foreign_host';
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  const { origin } = request.headers;
  if (origin !== undefined && !isSameOrigin(origin, host)) return 'foreign_origin';
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' ? null : 'foreign_origin';
}

function isSameOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  return protocol === 'http:' && originHost === host.toLowerCase().replace(/:80$/, '');
}

function send(request: Request, response: Response, code: keyof typeof refusals): void {
  const [title, reason, remedy] = refusals[code];
  response.status(403).set('Cache-Control', 'no-store');
  if (request.originalUrl.startsWith('/api/') || request.accepts(['json', 'html']) !== 'html') {
    response.json({ error: { code, message: `${title}. ${reason} ${remedy}` } });
    return;
  }
  response
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${title}</title><main><h1>${title}</h1><p>${reason}</p><p>${remedy}</p></main></html>`,
    );
}
