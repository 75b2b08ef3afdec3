import { z } from 'zod';
import type { Json, SlackUser } from '../types';
import { appId, botId, team } from '../workspace';
import type { World } from '../world';
import { flag, knownUser, method, Refusal, text } from './method';

function userShown(world: World, user: SlackUser, locale: boolean): Json {
  const { email, locale: language, ...rest } = user;
  const isForeign = user.team_id !== team.id;
  return {
    ...rest,
    color: '4bbe2e',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    is_owner: false,
    is_primary_owner: false,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(isForeign ? { is_stranger: true } : {}),
    ...(locale ? { locale: language } : {}),
    profile: {
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.name,
      display_name_normalized: user.name,
      title: '',
      team: user.team_id,
      ...(world.scopes.has('users:read.email') && !isForeign ? { email } : {}),
    },
  };
}

export const people = {
  'auth.test': method({
    scopes: [],
    token: 'any',
    json: true,
    args: z.strictObject({}),
    run: ({ workspace }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: workspace.bot.name,
      team_id: team.id,
      user_id: workspace.bot.id,
      bot_id: botId,
      is_enterprise_install: false,
    }),
  }),

  'apps.connections.open': method({
    scopes: [],
    token: 'app',
    json: true,
    args: z.strictObject({}),
    run: (world) => ({ url: world.socketAddress() }),
  }),

  'users.info': method({
    scopes: ['users:read'],
    args: z.strictObject({ user: text, include_locale: flag.optional() }),
    run: (world, args) => ({ user: userShown(world, knownUser(world, args.user), args.include_locale ?? false) }),
  }),

  'usergroups.list': method({
    scopes: ['usergroups:read'],
    args: z.strictObject({
      include_count: flag.optional(),
      include_disabled: flag.optional(),
      include_users: flag.optional(),
    }),
    run: ({ workspace }, args) => ({
      usergroups: [...workspace.userGroups.values()]
        .filter(({ disabled }) => args.include_disabled || !disabled)
        .map(({ id, handle, name, users, disabled }) => ({
          id,
          team_id: team.id,
          is_usergroup: true,
          is_external: false,
          handle,
          name,
          date_delete: disabled ? 1_700_000_000 : 0,
          ...(args.include_users ? { users } : {}),
          ...(args.include_count ? { user_count: users.length } : {}),
        })),
    }),
  }),

  'usergroups.users.list': method({
    scopes: ['usergroups:read'],
    args: z.strictObject({ usergroup: text, include_disabled: flag.optional() }),
    run({ workspace }, args) {
      const group = workspace.userGroups.get(args.usergroup);
      if (!group || (group.disabled && !args.include_disabled)) throw new Refusal('no_such_subteam');
      return { users: group.users };
    },
  }),

  'bots.info': method({
    scopes: ['users:read'],
    args: z.strictObject({ bot: text }),
    run({ workspace }, args) {
      if (args.bot !== botId) throw new Refusal('bot_not_found');
      const { id, real_name } = workspace.bot;
      return {
        bot: { id: botId, deleted: false, name: real_name, updated: 1_700_000_000, app_id: appId, user_id: id },
      };
    },
  }),
};
