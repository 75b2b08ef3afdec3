import type { Router } from 'express';
import type { Settings } from '../config';
import type { Content, PhraseName } from '../core/content';
import type { HomeView } from '../core/home-view';
import type { Reply } from '../core/message';
import type { Organization } from '../core/organization';
import type { ChatPlatform, PlatformLog, PlatformParts, PlatformWords } from '../core/platform';
import type { Clock, Inbox, PlatformMemory } from '../core/ports';
import { maskSecrets } from '../core/secrets';
import type { TicketView } from '../core/ticket-view';
import { createSlackPlatform } from './slack';
import type { Page as SlackPage } from './slack/pages';
import { renderReply } from './slack/render-reply';
import { createTeamsPlatform } from './teams';
import { turnMessages } from './teams/render';

/** What the chat platforms need of the rest of the bot. */
export interface ChatSurroundings {
  inbox: Inbox;
  store: PlatformMemory;
  /** As it is now: it may change while the bot runs. */
  content: () => Content;
  organization: Organization;
  clock: Clock;
  log: PlatformLog;
  metrics: { refused(platform: string, reason: string): void };
  ticketView(id: number, place: string): Promise<TicketView | null>;
  homeView(conversation: string, isAdmin: boolean): Promise<HomeView>;
  /** An error after which only a new start helps. */
  onFatal: (error: Error) => void;
}

/** A reply as Slack and as Teams are sent it, drawn by the same code. Loads neither SDK. */
export function previewAs(reply: Reply): { slack: SlackPage[]; teams: object[] } {
  const lines = [{ from: 'bot' as const, reply }];
  return {
    slack: renderReply(lines, 'preview'),
    teams: turnMessages(lines, { turn: 0 }).flatMap(({ attachments = [] }) =>
      attachments.map(({ content }) => content as object),
    ),
  };
}

export interface ServedChat {
  name: 'slack' | 'teams';
  platform: ChatPlatform & { router: Router | null };
}

/** The chat platforms that the settings name. Their SDKs are loaded only then. */
export function chatPlatforms({ slack, teams }: Settings, surroundings: ChatSurroundings): ServedChat[] {
  const { organization, onFatal } = surroundings;
  const parts = (admins: readonly string[] | undefined): PlatformParts => ({
    inbox: surroundings.inbox,
    memory: surroundings.store,
    reader: {
      ticketView: surroundings.ticketView,
      home: (_person, conversation, isAdmin) => surroundings.homeView(conversation, isAdmin),
    },
    words: platformWords(surroundings.content),
    clock: surroundings.clock,
    mask: maskSecrets,
    admins: admins ?? null,
    log: surroundings.log,
    refused: (platform, reason) => surroundings.metrics.refused(platform, reason),
  });
  return [
    ...(slack
      ? [
          {
            name: 'slack' as const,
            platform: createSlackPlatform(slack, parts(organization.admins?.slack), { onFatal }),
          },
        ]
      : []),
    ...(teams
      ? [{ name: 'teams' as const, platform: createTeamsPlatform(teams, parts(organization.admins?.teams)) }]
      : []),
  ];
}

function platformWords(content: () => Content): PlatformWords {
  const say = (name: PhraseName) => content().phrases.say[name];
  return {
    get notYourButton() {
      return say('not-your-button');
    },
    get unknownCard() {
      return say('unknown-card');
    },
    get closed() {
      return say('message-closed');
    },
    get answeredPrivately() {
      return say('answered-privately');
    },
    get home() {
      return { mine: say('home-mine'), none: say('home-none'), queue: say('home-queue'), empty: say('home-empty') };
    },
  };
}
