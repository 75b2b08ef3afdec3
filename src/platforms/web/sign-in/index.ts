import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { remember } from '../visitor';
import { SealedCookies } from './cookies';
import { type Errand, Provider } from './provider';
import type { SignInSettings } from './settings';

export type { SignInSettings } from './settings';

export interface SignIn {
  /** Way in, way back and way out; before the guard. */
  router: Router;
  /** Lets nobody through who is not signed in, or not from the desk’s own page. */
  guard: RequestHandler;
}

const sessionS = 8 * 3600;
/** Long enough to type a password and find a phone. */
const errandS = 15 * 60;
const adminsOnly = ['/api/desk', '/api/tickets', '/api/insight', '/insight'];
const longestName = 60;

/** The desk for more than this machine: people sign in with the company, and the provider says who is an administrator. */
export function createSignIn(settings: SignInSettings, log: { warn(fields: object, message: string): void }): SignIn {
  const cookies = new SealedCookies(settings);
  const provider = new Provider(settings);
  const { origin, host } = new URL(settings.publicUrl);
  const router = express.Router();

  router.use('/auth', (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (request.headers.host?.toLowerCase() !== host) return refuse(request, response, 421, 'foreign_host');
    next();
  });
  router.get('/auth/sign-in', async (request, response) => {
    try {
      const { to, errand } = await provider.begin();
      await cookies.set(response, 'errand', { ...errand }, errandS);
      response.redirect(302, to);
    } catch (error) {
      log.warn({ err: error }, 'the sign-in provider cannot be reached');
      refuse(request, response, 503, 'provider_away');
    }
  });
  router.get('/auth/callback', async (request, response) => {
    const errand = await cookies.get(request, 'errand');
    cookies.clear(response, 'errand');
    try {
      if (!isErrand(errand)) throw new Error('the browser brought no sign-in that was begun here');
      const at = request.originalUrl.indexOf('?');
      const claims = await provider.finish(at < 0 ? '' : request.originalUrl.slice(at), errand);
      const subject = createHash('sha256')
        .update(`${settings.issuer}\n${claims.subject}`)
        .digest('base64url')
        .slice(0, 22);
      const name = claims.name.replace(/\s+/g, ' ').trim().slice(0, longestName);
      await cookies.set(response, 'session', { subject, name, admin: claims.admin }, sessionS);
      response.redirect(303, '/');
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'a sign-in came to nothing');
      refuse(request, response, 401, 'not_proven');
    }
  });
  router.post('/auth/sign-out', async (request, response) => {
    if (!isOwn(request, origin)) return refuse(request, response, 403, 'foreign_origin');
    cookies.clear(response, 'session');
    const to = await provider.signOutUrl().catch(() => null);
    response.json({ to: to ?? '/auth/signed-out' });
  });
  router.get('/auth/signed-out', (request, response) => refuse(request, response, 200, 'signed_out'));

  return {
    router,
    guard: async (request, response, next) => {
      if (request.headers.host?.toLowerCase() !== host) return refuse(request, response, 421, 'foreign_host');
      if (!isRead(request) && !isOwn(request, origin)) return refuse(request, response, 403, 'foreign_origin');
      const session = await cookies.get(request, 'session');
      if (!session) {
        if (isRead(request) && isPage(request)) return response.redirect(302, '/auth/sign-in');
        return refuse(request, response, 401, 'not_signed_in');
      }
      const admin = session.admin === true;
      if (!admin && adminsOnly.some((path) => isBelow(request.originalUrl, path)))
        return refuse(request, response, 403, 'not_admin');
      remember(request, {
        subject: String(session.subject),
        name: String(session.name),
        admin,
        until: Number(session.exp) * 1000,
      });
      next();
    },
  };
}

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

const isPage = (request: Request): boolean =>
  !request.originalUrl.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';

/** Paths are compared as the router does: without regard to case. */
function isBelow(url: string, path: string): boolean {
  const asked = url.split('?', 1)[0]!.toLowerCase();
  return asked === path || asked.startsWith(`${path}/`);
}

/** A browser names the origin of whatever writes; without one it is no browser, and has no business here. */
function isOwn({ headers }: Request, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin === origin && (site === undefined || site === 'same-origin');
}

function isErrand(value: Record<string, unknown> | null): value is Record<string, unknown> & Errand {
  return value !== null && ['state', 'nonce', 'verifier'].every((name) => typeof value[name] === 'string');
}

const words = {
  foreign_host: ['This address is not the desk’s own', 'Open the desk at the address you were given for it.'],
  foreign_origin: ['The request came from another site', 'Open the desk in its own tab and press the button there.'],
  not_signed_in: ['You are not signed in', 'Open the desk again and sign in.'],
  not_admin: [
    'This is for administrators of this desk',
    'If you should be one, ask whoever runs it to give you the administrators’ role at your company’s sign-in, and sign in again.',
  ],
  not_proven: [
    'You could not be signed in',
    'Go back to the desk and try once more. If it stays like this, tell whoever runs it.',
  ],
  provider_away: ['Sign-in does not answer at the moment', 'Try again in a few minutes.'],
  signed_out: ['You are signed out', 'Open the desk again to sign in.'],
} as const;

function refuse(request: Request, response: Response, status: number, code: keyof typeof words): void {
  const [title, remedy] = words[code];
  response.status(status).set('Cache-Control', 'no-store');
  if (!isPage(request)) return void response.json({ error: { code, message: `${title}. ${remedy}` } });
  response
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${title}</title><main><h1>${title}</h1><p>${remedy}</p><p><a href="/">To the desk</a></p></main></html>`,
    );
}
