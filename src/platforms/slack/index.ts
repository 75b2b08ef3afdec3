import type { Router } from 'express';
import type { ChatPlatform, PlatformParts } from '../../core/platform';
import { Background } from './background';
import { createBoltApp } from './bolt-app';
import { createDirectory } from './directory';
import { isForeign } from './foreign';
import { Homes } from './homes';
import { createHttpWay } from './http';
import { Credentials } from './identity';
import { userOf } from './keys';
import { LOOK_MS, PROOF_MS } from './limits';
import { LivePosts } from './live-posts';
import { Messages } from './messages';
import { OpenTicket } from './open-ticket';
import { Pacing } from './pacing';
import { describe } from './payloads';
import { createDestination } from './ping';
import { registerListeners } from './receive';
import { createSender } from './send';
import type { SlackSettings } from './settings';
import { Sockets } from './sockets';
import { TypingSign } from './typing';
import { boltLogger, clientOptions, loadBolt } from './web-api';

export { neededEvents, neededScopes, scopeReasons } from './scopes';
export type { SlackSettings } from './settings';

export interface SlackOptions {
  /** The credentials died: only a new start with others can help. */
  onFatal: (error: Error) => void;
  /** For tests that cannot wait as long as people can. */
  timing?: { typingAfterMs?: number; pingTimeoutMs?: number };
}

/** The router is null in Socket Mode, where Slack is called and does not call. */
export type SlackPlatform = ChatPlatform & { router: Router | null };

/** How long a stop waits for work that nobody waits for. */
const STOP_MS = 2_000;

/** The bot in one Slack workspace. Loads Bolt. */
export function createSlackPlatform(
  settings: SlackSettings,
  parts: PlatformParts,
  options: SlackOptions,
): SlackPlatform {
  const { memory, reader, words, clock, log } = parts;
  const bolt = loadBolt();
  const logger = boltLogger(bolt, log);
  const client = new bolt.webApi.WebClient(settings.botToken, clientOptions(settings, logger));
  const quick = new bolt.webApi.WebClient(settings.botToken, clientOptions(settings, logger, LOOK_MS));

  const proof = new bolt.webApi.WebClient(settings.botToken, clientOptions(settings, logger, PROOF_MS));
  const credentials = new Credentials(proof, log, options.onFatal);
  const onFailure = (error: unknown) => credentials.notice(error);
  const deliveryAfter = (error: unknown) => credentials.deliveryAfter(error);
  const pacing = new Pacing();
  const background = new Background(log, onFailure);
  const messages = new Messages(client, pacing);
  const live = new LivePosts(memory, messages, log);
  const typing = new TypingSign(quick, options.timing?.typingAfterMs);
  const identity = () => credentials.identity;
  const directory = createDirectory({ ...parts, client: quick, pacing, identity, onFailure });
  const homes = new Homes({ client, pacing, directory, background, reader, words, admins: parts.admins });

  const destination = createDestination({
    reader,
    memory,
    messages,
    deliveryAfter,
    onChanged: () => homes.queueChanged(),
  });
  const tickets = new OpenTicket({ memory, words, messages, destination });

  const foreign = (body: unknown) => isForeign(body, credentials.identity);
  const { appToken, signingSecret } = settings;
  const wayIn =
    appToken === null
      ? createHttpWay({ bolt, signingSecret: signingSecret ?? '', logger, refused: parts.refused, isForeign: foreign })
      : new Sockets({
          bolt,
          settings: { ...settings, appToken },
          logger,
          log,
          now: () => clock.now(),
          onFatal: (error) => credentials.die(error),
          pingTimeoutMs: options.timing?.pingTimeoutMs,
        });
  createBoltApp({
    bolt,
    receiver: wayIn.receiver,
    botToken: settings.botToken,
    logger,
    isForeign: foreign,
    listeners: (app, listen) =>
      registerListeners(app, listen, {
        ...parts,
        client: quick,
        credentials,
        homes,
        live,
        tickets,
        typing,
        background,
      }),
    onUnknown: (body) => {
      log.info({ what: describe(body) }, 'Slack: ignored something unknown');
      parts.refused('slack', 'unknown');
    },
    onFailed: (error) => log.error({ err: error }, 'Slack: could not take what came in; it will come again'),
  });

  return {
    router: wayIn.router,
    directory,
    sender: createSender({
      messages,
      live,
      memory,
      background,
      deliveryAfter,
      onAnswered: (conversation) => {
        typing.answered(conversation);
        homes.personChanged(userOf(conversation));
      },
    }),
    destination,
    async start() {
      await credentials.start();
      await wayIn.start();
    },
    async health() {
      if (!credentials.identity) throw new Error('Slack has not confirmed the bot token');
      wayIn.health();
    },
    async stop() {
      credentials.stop();
      typing.stop();
      await Promise.all([wayIn.stop(), background.stop(STOP_MS)]);
    },
  };
}
