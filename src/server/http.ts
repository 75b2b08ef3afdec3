import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';

/** The lines the server writes; pino's logger fits. */
export interface HttpLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface HttpServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Routers of platforms, in order. No body is parsed before them: some verify signatures over the raw bytes. */
  mounts: readonly { path?: string; router: Router }[];
  /** What must work before `/readyz` says yes; a check says no by throwing. */
  health: Readonly<Record<string, () => Promise<void> | void>>;
  /** What is wrong although the service works; `/readyz` tells it, and still says yes. */
  concerns?: () => string[];
  log: HttpLog;
}

export interface HttpServer {
  /** Resolves once it listens; rejects when the port is taken. */
  listen(): Promise<{ host: string; port: number; url: string }>;
  /** Ends open event streams, lets requests under way finish, then cuts what is left. */
  close(): Promise<void>;
}

/** How long a readiness check may take, and how long requests under way may go on while closing. */
const CHECK_LIMIT_MS = 2_000;
const CLOSE_LIMIT_MS = 3_000;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  });
  next();
};

/** The one HTTP port: health, readiness, and whatever the platforms mount. */
export function createHttpServer({ host, port, mounts, health, concerns, log }: HttpServerOptions): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  const open = new Set<Response>();
  let closing = false;

  app.use((_request, response, next) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    next();
  });
  app.use(securityHeaders);
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const checks = await runChecks(health, log);
    const ready = !closing && Object.values(checks).every((result) => result === 'ok');
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, closing, checks, concerns: concerns?.() ?? [] });
  });
  for (const { path, router } of mounts) app.use(path ?? '/', router);
  app.use((_request, response) => {
    const [code, message] = messages[404]!;
    response.status(404).json({ error: { code, message } });
  });
  app.use(errorHandler(log));

  const server = createServer(app);
  return {
    listen: () => listen(server, host, port),
    close: () => {
      closing = true;
      return close(server, open);
    },
  };
}

async function runChecks(health: HttpServerOptions['health'], log: HttpLog): Promise<Record<string, 'ok' | 'failed'>> {
  const results = await Promise.all(
    Object.entries(health).map(async ([name, check]) => {
      let timer: NodeJS.Timeout | undefined;
      try {
        const late = new Promise<never>((_resolve, reject) => {
          timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
        });
        await Promise.race([check(), late]);
        return [name, 'ok'] as const;
      } catch (error) {
        log.warn({ check: name, err: error }, 'readiness check failed');
        return [name, 'failed'] as const;
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return Object.fromEntries(results);
}

/** Says what a caller can mend; keeps everything else to the log. */
const errorHandler =
  (log: HttpLog): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const status = clientStatus(error);
    if (status === null) log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) return next(error);
    const [code, message] = messages[status ?? 500] ?? ['bad_request', 'The request cannot be read.'];
    response.status(status ?? 500).json({ error: { code, message } });
  };

const messages: Record<number, [code: string, message: string]> = {
  400: ['bad_request', 'The request cannot be read. Send well-formed JSON.'],
  404: ['not_found', 'There is nothing at this address.'],
  413: ['too_large', 'The message is too long. Send less than 64 KB.'],
  415: ['unsupported', 'The request is of a kind that is not accepted here. Send JSON in UTF-8.'],
  500: ['internal', 'Something went wrong on our side. It is in the log; please try again.'],
};

/** The 4xx status that express and its parsers put on errors a caller caused. */
function clientStatus(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

const listen = (server: Server, host: string, port: number) =>
  new Promise<{ host: string; port: number; url: string }>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address() as AddressInfo;
      const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve({ host: address.address, port: address.port, url: `http://${shown}:${address.port}/` });
    });
  });

async function close(server: Server, open: ReadonlySet<Response>): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of open) {
    if (String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream')) response.end();
    else if (!response.headersSent) response.set('Connection', 'close');
  }
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS);
  await closed;
  clearTimeout(cut);
}
