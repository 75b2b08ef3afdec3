import { randomUUID } from 'node:crypto';
import type { Bot } from './connector';
import { chatOf, type Person, type Place, type Team } from './world';

/** Anything that Teams POSTs to the bot. */
export type Activity = Record<string, unknown> & { type: string; id: string };

export interface ActivityFrame {
  bot: Bot;
  serviceUrl: string;
}

/** Activities that are not messages have ids of this form. */
export const eventId = (): string => `f:${randomUUID()}`;

/** An activity of a person in a place as Teams shapes it, complete but for what is given. */
export function activityOf(
  { bot, serviceUrl }: ActivityFrame,
  person: Person,
  place: Place,
  rest: {
    type: string;
    id?: string;
    entities?: unknown[];
    channelData?: Record<string, unknown>;
    [name: string]: unknown;
  },
): Activity {
  const { id, entities = [], channelData, locale = 'en-US', ...more } = rest;
  const now = new Date().toISOString();
  return {
    id: id ?? eventId(),
    timestamp: now,
    localTimestamp: now,
    localTimezone: 'Europe/Berlin',
    channelId: 'msteams',
    serviceUrl,
    from: {
      id: person.id,
      name: person.name,
      // People who joined a meeting without signing in are in no directory.
      ...(person.userRole === 'anonymous' ? {} : { aadObjectId: person.aadObjectId }),
    },
    conversation: conversationOf(place),
    recipient: { id: bot.id, name: bot.name },
    entities: [
      ...entities,
      { type: 'clientInfo', locale, country: 'DE', platform: 'Windows', timezone: 'Europe/Berlin' },
    ],
    locale,
    ...more,
    channelData: { ...placeData(place), ...channelData },
  };
}

export function conversationOf(place: Place): Record<string, unknown> {
  const chat = chatOf(place);
  return {
    ...(chat.kind === 'personal' ? {} : { isGroup: true }),
    conversationType: chat.kind,
    tenantId: chat.tenantId,
    id: place.id,
    ...(chat.kind === 'groupChat' ? { name: chat.name } : {}),
  };
}

function placeData(place: Place): Record<string, unknown> {
  const chat = chatOf(place);
  const tenant = { id: chat.tenantId };
  if (chat.kind !== 'channel') return { tenant };
  return {
    teamsChannelId: chat.id,
    teamsTeamId: chat.team.id,
    channel: { id: chat.id, ...(chat.channelType === 'shared' ? { type: 'shared' } : {}) },
    team: { id: chat.team.id },
    tenant,
  };
}

/** What team events say of their team, which is more than messages do. */
export const teamData = (team: Team): Record<string, unknown> => ({
  team: { aadGroupId: team.aadGroupId, name: team.name, id: team.id },
});

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>');

/** A typed message: Teams sends the text, and beside it what was typed as HTML. */
export function typed(bot: Bot, text: string, mentionsBot: boolean): Record<string, unknown> {
  const tag = `<at>${bot.name}</at>`;
  const mention = `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">${bot.name}</span>&nbsp;`;
  return {
    type: 'message',
    text: mentionsBot ? `${tag} ${text}\n` : text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<p>${mentionsBot ? mention : ''}${escaped(text)}</p>` }],
    entities: mentionsBot ? [{ type: 'mention', mentioned: { id: bot.id, name: bot.name }, text: tag }] : [],
  };
}

export interface SharedFile {
  name: string;
  /** A picture pasted into the message, rather than a file. */
  image?: boolean;
  /** What was typed beside it. */
  text?: string;
}

export function fileAttachments({ name, image }: SharedFile, serviceUrl: string, person: Person): unknown[] {
  if (image) {
    const contentUrl = `${serviceUrl}v3/attachments/0-eus-${randomUUID()}/views/original`;
    return [{ contentType: 'image/*', contentUrl }];
  }
  const file = { uniqueId: randomUUID(), fileType: name.split('.').at(-1) ?? '' };
  const site = `https://corp-my.sharepoint.example/personal/${person.givenName.toLowerCase()}`;
  return [
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      content: {
        ...file,
        downloadUrl: `${site}/_layouts/15/download.aspx?UniqueId=${file.uniqueId}&tempauth=v1.secret`,
      },
      contentUrl: `${site}/Documents/Microsoft%20Teams%20Chat%20Files/${encodeURIComponent(name)}`,
      name,
    },
  ];
}
