import type { FakeSlack, Fault, OrderedFault } from '../fakes/slack/slack';
import type { RunningBot } from './running-bot';
import type { Trouble, TroubleKind } from './stage';

interface Ordered {
  slack: FakeSlack;
  bot: RunningBot;
  kind: TroubleKind;
  /** Where messages go that meet it; everywhere without one. */
  channel: string | undefined;
}

/** Lets Slack go wrong in one of the ways it is known to. */
export function slackTrouble({ slack, bot, kind, channel }: Ordered): Trouble {
  const here = channel === undefined ? {} : { channel };
  const always = { times: Number.POSITIVE_INFINITY, ...here };
  const faults = ordered(slack, kind, here, always);
  bot.troubles += 1;
  return {
    get met() {
      return faults.reduce((sum, fault) => sum + fault.met, 0);
    },
    lift: async () => {
      for (const fault of faults) fault.release();
      if (kind === 'credentials') slack.restore(slack.botToken);
      bot.troubles = Math.max(0, bot.troubles - 1);
      bot.hurry();
    },
  };
}

function ordered(
  slack: FakeSlack,
  kind: TroubleKind,
  here: { channel?: string },
  always: Pick<Fault, 'times' | 'channel'>,
): OrderedFault[] {
  const posts = (fault: Fault) => [slack.fail('chat.postMessage', fault)];
  switch (kind) {
    case 'unavailable':
      return [slack.fail('*', { status: 503, ...always })];
    case 'cut':
      return [slack.fail('*', { drop: 'before', ...always })];
    case 'lost answer':
      return posts({ drop: 'after', ...here });
    case 'throttled':
      return posts({ status: 429, retryAfter: 1, ...here });
    case 'throttled without a time':
      return posts({ status: 429, ...here });
    case 'blocked by the person':
      return posts({ error: 'account_inactive', ...always });
    case 'messages gone':
      return [slack.fail('chat.update', { error: 'message_not_found', ...always })];
    case 'directory':
      return [slack.fail('users.info', { status: 503, times: Number.POSITIVE_INFINITY })];
    case 'silent':
      return [slack.fail('chat.postMessage', { hang: 'before', ...here })];
    case 'credentials':
      slack.revoke(slack.botToken, 'invalid_auth');
      return [];
  }
}
