/** What the bot token must be allowed to do, and what for. `manifests/slack.yaml` asks for exactly these. */
export const scopeReasons = {
  'app_mentions:read': 'to hear when somebody mentions it in a channel',
  'channels:history':
    'to hear what administrators write below a card, and to see whether a message got through after a broken connection, instead of posting it twice',
  'channels:read': 'to know who sits in a channel of administrators, and whether outsiders read along',
  'chat:write': 'to answer, and to show that it is working on an answer',
  commands: 'to offer /aws-help and “Help with this”',
  'groups:history': 'the same as channels:history, in private channels',
  'groups:read': 'the same as channels:read, for private channels',
  'im:history': 'to read what people write to it directly',
  'im:write': 'to write to people who have not written first',
  'metadata.message:read': 'to recognise its own messages when it looks whether one got through',
  'usergroups:read': 'to know who is in a user group of administrators',
  'users:read': 'to know the names of people, and who is a guest',
} as const;

export const neededScopes: readonly string[] = Object.keys(scopeReasons);

/**
 * Events to subscribe to. Of messages in channels it takes what mentions it, and what stands below a ticket's card; the
 * rest is dropped unread.
 */
export const neededEvents: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
];
