import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Ordered } from '../faults';
import { newId } from '../ids';
import { parsed } from '../requests';
import type { Call, Json } from '../types';
import type { World } from '../world';
import { type Method, missingScope, Refusal } from './method';
import { methods } from './methods';
import { respond } from './response-url';

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

interface Request {
  method: string;
  contentType: string;
  token: string | undefined;
  args: Json;
}

interface Answer {
  status: number;
  body: Json;
  headers?: Record<string, string>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const inPath = (pointer: PropertyKey[]): string => pointer.map(String).join('.') || 'body';

/** In the words Slack uses for what is wrong with arguments. */
function toldIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown argument: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `missing required field: ${inPath(issue.path)}`;
  return `${issue.message}: ${inPath(issue.path)}`;
}

/** The Web API and the response addresses, over HTTP. */
export class WebApi {
  constructor(private readonly world: World) {}

  /** false when the path is not one of the Web API's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const [, area, name = ''] = pathname.split('/');
    if (area !== 'api' && area !== 'response') return false;
    void this.world.activity.during(this.serve(area, name, request, response)).catch(() => response.destroy());
    return true;
  }

  private async serve(area: string, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = area === 'api' ? name : 'response_url';
    const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
    const raw = await bodyOf(request);
    const body = contentType === json ? parsed(raw) : Object.fromEntries(new URLSearchParams(raw));
    // Bolt names the workspace in every call; Slack wants that of org-wide apps only, and lets it pass.
    const { token, team_id, ...args } = (typeof body === 'object' && body !== null ? body : {}) as Json;
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const call: Call = { method, args, at: this.world.clock.now() };
    this.world.activity.calls.push(call);
    this.world.activity.stir();

    const channel = args.channel ?? args.channel_id;
    const fault = this.world.faults.for(method, typeof channel === 'string' ? channel : undefined);
    const work = (): Answer =>
      area === 'api'
        ? this.answer({ method, contentType, token: bearer ?? (token as string | undefined), args })
        : this.respond(name, contentType, body);
    await this.finish(response, call, fault, work);
  }

  /** Does the work and answers, unless a fault was ordered for this call. */
  private async finish(
    response: ServerResponse,
    call: Call,
    ordered: Ordered | undefined,
    work: () => Answer,
  ): Promise<void> {
    const send = ({ status, body, headers }: Answer): void => {
      Object.assign(call, { status, answer: body });
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-slack-req-id': newId('R'),
        ...headers,
      });
      response.end(JSON.stringify(body));
    };
    if (!ordered) return send(work());
    const { fault, released } = ordered;

    if ('status' in fault) {
      const wait = 'retryAfter' in fault && fault.retryAfter !== undefined;
      const body = { ok: false, error: fault.status === 429 ? 'ratelimited' : 'internal_error' };
      return send({
        status: fault.status,
        body,
        ...(wait ? { headers: { 'retry-after': String(fault.retryAfter) } } : {}),
      });
    }
    if ('error' in fault) return send({ status: 200, body: { ok: false, error: fault.error } });
    if ('drop' in fault && fault.drop === 'before') return void response.destroy();
    if ('hang' in fault && fault.hang === 'before') await released;

    const answer = work();
    if ('errorAfter' in fault) return send({ status: 200, body: { ok: false, error: fault.errorAfter } });
    if ('drop' in fault) return void response.destroy();
    if ('hang' in fault) await released;
    if ('half' in fault) {
      const whole = JSON.stringify(answer.body);
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(whole),
      });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      return;
    }
    send(answer);
  }

  private refused(method: string, error: unknown): Json {
    if (!(error instanceof Refusal)) {
      this.world.activity.violation(`${method}: the fake failed: ${error instanceof Error ? error.stack : error}`);
      return { ok: false, error: 'internal_error' };
    }
    if (error.violation) this.world.activity.violation(`${method}: ${error.violation}`);
    return { ok: false, error: error.error, ...error.more };
  }

  private answer(request: Request): Answer {
    const headers: Record<string, string> = {};
    try {
      const method = this.admitted(request, headers);
      const { data, error } = method.args.safeParse(request.args, { reportInput: true });
      if (error) {
        const told = error.issues.map(toldIssue);
        throw new Refusal(
          'invalid_arguments',
          { response_metadata: { messages: told.map((it) => `[ERROR] ${it}`) } },
          `invalid_arguments: ${told.join('; ')}`,
        );
      }
      const limited = this.paced(request);
      if (limited) return limited;
      return { status: 200, body: { ok: true, ...method.run(this.world, data) }, headers };
    } catch (error) {
      return { status: 200, body: this.refused(request.method, error), headers };
    }
  }

  /** Checks in Slack's order: is there such a method, who asks, may they. */
  private admitted({ method: name, contentType, token }: Request, headers: Record<string, string>): Method {
    const method = methods.get(name);
    if (!method) throw new Refusal('unknown_method', { req_method: name }, `unknown_method: ${name}`);
    if (contentType !== form && !(contentType === json && method.json))
      throw new Refusal('invalid_post_type', {}, `invalid_post_type: ${contentType || 'no content type'}`);
    if (!token) throw new Refusal('not_authed');
    const known = this.world.tokens.get(token);
    if (!known) throw new Refusal('invalid_auth');
    if (known.error) throw new Refusal(known.error);
    if (method.token !== 'any' && known.kind !== (method.token ?? 'bot')) throw new Refusal('not_allowed_token_type');
    const { scopes } = this.world;
    headers['x-oauth-scopes'] = known.kind === 'bot' ? [...scopes].join(',') : 'connections:write';
    if (method.scopes.length > 0) headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
    if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.has(scope)))
      throw missingScope(this.world, method.scopes.join(','));
    return method;
  }

  /** Slack's pace for one channel, when a test asked for it. */
  private paced({ method, args }: Request): Answer | undefined {
    const limit = this.world.postingLimit;
    if (!limit || method !== 'chat.postMessage') return undefined;
    const since = this.world.clock.now() - limit.perMs;
    const { calls } = this.world.activity;
    let recent = 0;
    for (let at = calls.length - 1; at >= 0 && calls[at]!.at > since; at -= 1) {
      const call = calls[at]!;
      if (call.method === method && call.args.channel === args.channel && call.answer?.ok) recent += 1;
    }
    if (recent < limit.messages) return undefined;
    const headers = { 'retry-after': String(Math.max(1, Math.ceil(limit.perMs / 1000))) };
    return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
  }

  private respond(id: string, contentType: string, body: unknown): Answer {
    try {
      if (contentType !== json)
        throw new Refusal('invalid_payload', {}, `a response address takes JSON, not ${contentType}`);
      const { status, answer } = respond(this.world, id, body);
      return { status, body: answer };
    } catch (error) {
      return { status: 400, body: this.refused('response_url', error) };
    }
  }
}
