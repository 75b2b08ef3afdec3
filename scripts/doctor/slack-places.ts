import { check, type Report } from './check';
import { inWords, type Named, namedOn } from './places';
import type { SlackApi } from './slack-api';

const known = {
  'slack-id-form': {
    kind: 'fault',
    fault: 'The organisation file names something in Slack that is no id:',
    remedy:
      'Write the id, not the name or the link: of a channel (C…) at the bottom of its details, of a person (U…) in the profile’s menu under “Copy member ID”. A user group (S…) may stand under admins only.',
  },
  'slack-channel-unknown': {
    kind: 'fault',
    fault: 'The bot does not see this channel:',
    remedy:
      'If it is private, invite the bot there (/invite @aws-helpdesk). Otherwise the id is wrong, or of another workspace.',
  },
  'slack-not-in-channel': {
    kind: 'fault',
    fault: 'The bot is not in this channel, so it cannot post there:',
    remedy: 'In that channel write /invite @aws-helpdesk.',
  },
  'slack-channel-archived': {
    kind: 'fault',
    fault: 'This channel is archived:',
    remedy: 'Take it out of the archive, or name another channel in the organisation file.',
  },
  'slack-channel-shared': {
    kind: 'warning',
    fault: 'People of another company read along in this channel:',
    remedy: 'Tickets name people and their problems. Send them to a channel of your own company.',
  },
  'slack-user-unknown': {
    kind: 'fault',
    fault: 'Slack knows no such person:',
    remedy: 'Copy the member ID from the person’s profile in this workspace.',
  },
  'slack-user-deactivated': {
    kind: 'fault',
    fault: 'This person’s account is deactivated:',
    remedy: 'Name somebody else in the organisation file; whoever left should not be able to act on tickets either.',
  },
  'slack-usergroup-unknown': {
    kind: 'fault',
    fault: 'Slack knows no such user group, or it is disabled:',
    remedy: 'Copy its id (S…) from the address of its page under People › User groups, or name persons instead.',
  },
  'slack-other-workspace': {
    kind: 'fault',
    fault: 'None of the ids in the organisation file is known to this workspace:',
    remedy:
      'The bot token belongs to another workspace than the one the ids are from. Take the token of the app that is installed there.',
  },
  'slack-place-unclear': {
    kind: 'warning',
    fault: 'Slack did not say whether this is right:',
    remedy: 'Mend what the other lines name and run this again.',
  },
} as const;
type Id = keyof typeof known;
interface Seen {
  id: Id;
  detail: string;
}

/** Whether every person and place of the organisation file is there, and the bot may write to it. */
export const slackPlaces = check<Id>('Slack people and places', known, async ({ slack, organization }, report) => {
  const named = organization ? namedOn('slack', organization) : [];
  if (!slack || named.length === 0) return;
  const auth = await slack.auth();
  if (auth.kind !== 'ok') return;
  const seen: Seen[] = [];
  for (const one of named) seen.push(...(await look(slack, one)));
  const lost = seen.filter(({ id }) => id === 'slack-channel-unknown' || id === 'slack-user-unknown');
  if (named.length > 1 && lost.length === named.length)
    return report.found('slack-other-workspace', `it is ${String(auth.body.team)}.`);
  tell(seen, named, report);
});

function tell(seen: readonly Seen[], named: readonly Named[], report: Report<Id>): void {
  for (const { id, detail } of seen) report.found(id, detail);
  if (seen.length === 0) report.ok(`${named.length} looked at: each is there, and the bot may write to it`);
}

async function look(slack: SlackApi, one: Named): Promise<Seen[]> {
  if (/^[CGD][A-Z0-9]{7,}$/.test(one.id)) return lookAtChannel(slack, one);
  if (/^[UW][A-Z0-9]{7,}$/.test(one.id)) return lookAtPerson(slack, one);
  if (/^S[A-Z0-9]{7,}$/.test(one.id) && !one.destination) return lookAtUserGroup(slack, one);
  return [{ id: 'slack-id-form', detail: `${inWords(one)}.` }];
}

async function lookAtChannel(slack: SlackApi, one: Named): Promise<Seen[]> {
  const answer = await slack.call('conversations.info', { channel: one.id });
  if (answer.kind !== 'ok') return unanswered(one, answer, 'channel_not_found', 'slack-channel-unknown');
  const channel = answer.body.channel as {
    name?: string;
    is_archived?: boolean;
    is_member?: boolean;
    is_ext_shared?: boolean;
  };
  const detail = `${channel.name ? `#${channel.name} = ` : ''}${inWords(one)}.`;
  if (channel.is_archived) return [{ id: 'slack-channel-archived', detail }];
  return [
    ...(one.destination && channel.is_member === false ? [{ id: 'slack-not-in-channel', detail } as const] : []),
    ...(one.destination && channel.is_ext_shared ? [{ id: 'slack-channel-shared', detail } as const] : []),
  ];
}

async function lookAtPerson(slack: SlackApi, one: Named): Promise<Seen[]> {
  const answer = await slack.call('users.info', { user: one.id });
  if (answer.kind !== 'ok') return unanswered(one, answer, 'user_not_found', 'slack-user-unknown');
  const user = answer.body.user as { name?: string; deleted?: boolean };
  return user.deleted ? [{ id: 'slack-user-deactivated', detail: `${inWords(one)}.` }] : [];
}

async function lookAtUserGroup(slack: SlackApi, one: Named): Promise<Seen[]> {
  const answer = await slack.call('usergroups.list', { include_disabled: 'false' });
  if (answer.kind !== 'ok') return unanswered(one, answer, 'no_such_subteam', 'slack-usergroup-unknown');
  const groups = answer.body.usergroups as { id?: string }[] | undefined;
  return groups?.some(({ id }) => id === one.id) ? [] : [{ id: 'slack-usergroup-unknown', detail: `${inWords(one)}.` }];
}

function unanswered(one: Named, answer: { kind: string; error?: string }, unknownError: string, id: Id): Seen[] {
  if (answer.kind === 'refused' && [unknownError, 'user_not_visible', 'users_not_found'].includes(answer.error ?? ''))
    return [{ id, detail: `${inWords(one)}.` }];
  // A missing scope is said by the check of the token, for all of them at once.
  return [{ id: 'slack-place-unclear', detail: `${inWords(one)}: ${answer.error ?? answer.kind}.` }];
}
