import type { Router } from 'express';
import type { ChatPlatform, PlatformParts } from '../../core/platform';
import { AccessToken } from './access-token';
import { Activities } from './activities';
import { Background } from './background';
import { cloudOf } from './cloud';
import { Connection } from './connection';
import { TeamsDirectory } from './directory';
import { Home } from './home';
import { LivePosts } from './live-posts';
import { OpenTicket } from './open-ticket';
import { Pacing } from './pacing';
import { TeamsDestination } from './ping';
import { Places } from './places';
import { Presses } from './presses';
import { Reach } from './reach';
import { messagesRouter } from './receive';
import { Roster } from './roster';
import { createBotService } from './sdk';
import { TeamsSender } from './send';
import type { TeamsSettings } from './settings';
import { TypingSign } from './typing';
import { withinLimit } from './within-limit';

export { personalCommands } from './commands';

/** How long work under way may go on while the bot stops. */
const STOP_LIMIT_MS = 3_000;

/** Microsoft Teams. Loads the SDK, which takes a second; nothing of it is loaded before. */
export function createTeamsPlatform(settings: TeamsSettings, parts: PlatformParts): ChatPlatform & { router: Router } {
  const { appId, appPassword, tenantId, anonymous } = settings;
  const { memory, clock, log, inbox, reader, words, mask, refused, admins } = parts;
  const cloud = cloudOf(settings);
  const token = anonymous ? null : new AccessToken({ ...cloud, appId, appPassword });
  const service = createBotService({ cloud, appId, tenantId, token });
  const connection = new Connection(token, log);
  const background = new Background(log);
  const pacing = new Pacing();
  const places = new Places(memory);
  const reach = new Reach(service, memory, pacing, clock);
  const roster = new Roster(service, places, log, clock);
  const directory = new TeamsDirectory({ service, places, roster, admins, clock, log });
  const live = new LivePosts(service, memory, pacing, log);
  const home = new Home({ service, directory, pacing, reader, words });
  const destination = new TeamsDestination({ service, memory, reader, places, reach, pacing, roster });
  const tickets = new OpenTicket({ service, memory, words, pacing, destination, background });
  const presses = new Presses({ inbox, memory, reader, words, refused, live, home, tickets, roster });
  const typing = new TypingSign(({ serviceUrl, conversation }) => {
    if (conversation)
      background.run('the typing sign in Teams', () => service.showTyping({ serviceUrl, conversation }));
  });
  const sender = new TeamsSender({ service, memory, places, reach, live, pacing, typing });
  const activities = new Activities({
    ...{ inbox, memory, mask, clock, log, refused, anonymous },
    ...{ places, presses, home, typing, background },
    whisper: (arrival, text) => sender.whisper(arrival.base.person, arrival.address, text),
  });
  let isOpen = true;
  return {
    router: messagesRouter({
      ...{ service, activities, tenantId, anonymous, log, refused },
      hosts: { added: settings.serviceHosts, anonymous },
      isOpen: () => isOpen,
    }),
    sender,
    destination,
    directory,
    start: () => connection.start(),
    health: () => connection.health(),
    async stop() {
      isOpen = false;
      typing.stop();
      connection.stop();
      await withinLimit(background.idle(), STOP_LIMIT_MS).catch(() => undefined);
    },
  };
}
