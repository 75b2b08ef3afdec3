import { z } from 'zod';

/** What an app manifest says that decides what the app may do and hears of. */

const names = z.array(z.string()).default([]);
const manifest = z.looseObject({
  features: z
    .looseObject({
      slash_commands: z.array(z.looseObject({ command: z.string() })).default([]),
      shortcuts: z.array(z.looseObject({ callback_id: z.string() })).default([]),
    })
    .prefault({}),
  oauth_config: z.looseObject({ scopes: z.looseObject({ bot: names }).prefault({}) }).prefault({}),
  settings: z
    .looseObject({
      event_subscriptions: z.looseObject({ bot_events: names }).prefault({}),
      interactivity: z.looseObject({ is_enabled: z.boolean() }).optional(),
    })
    .prefault({}),
});

/** Scopes without which Slack does not send an event; events not named need none. */
const scopeOfEvent: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
};

export interface Declared {
  scopes: string[];
  events: string[];
  commands: Set<string>;
  shortcuts: Set<string>;
  /** What does not fit together. */
  faults: string[];
}

export function readManifest(given: unknown): Declared {
  const { features, oauth_config, settings } = manifest.parse(given);
  const scopes = oauth_config.scopes.bot;
  const events = settings.event_subscriptions.bot_events;
  const { slash_commands: commands, shortcuts } = features;
  const without = (scope: string | undefined): boolean => scope !== undefined && !scopes.includes(scope);
  const faults = [
    ...events.filter((it) => without(scopeOfEvent[it])).map((it) => `event ${it} needs the scope ${scopeOfEvent[it]}`),
    ...(commands.length + shortcuts.length > 0 && without('commands')
      ? ['commands and shortcuts need scope commands']
      : []),
    ...(settings.interactivity?.is_enabled
      ? []
      : ['interactivity is not enabled: no press or submission would arrive']),
  ];
  return {
    scopes,
    events,
    commands: new Set(commands.map(({ command }) => command)),
    shortcuts: new Set(shortcuts.map(({ callback_id }) => callback_id)),
    faults: faults.map((fault) => `manifest: ${fault}`),
  };
}
