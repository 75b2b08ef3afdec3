import { refusal } from '../fakes/teams/faults';
import { type FakeTeams, type Fault, type FaultOrder, fault, type OrderedFault } from '../fakes/teams/teams';
import type { RunningBot } from './running-bot';
import type { Trouble, TroubleKind } from './stage';

interface Ordered {
  teams: FakeTeams;
  bot: RunningBot;
  kind: TroubleKind;
  /** Where messages go that meet it; everywhere without one. */
  conversation: string | undefined;
}

/** Lets Teams go wrong in one of the ways it is known to. */
export function teamsTrouble({ teams, bot, kind, conversation }: Ordered): Trouble {
  const faults = ordered(teams, kind, conversation === undefined ? {} : { conversation });
  bot.troubles += 1;
  return {
    get met() {
      return faults.reduce((sum, one) => sum + one.hits, 0);
    },
    lift: async () => {
      for (const one of faults) one.lift();
      if (kind === 'credentials') teams.secretBecomes('good');
      bot.troubles = Math.max(0, bot.troubles - 1);
      bot.hurry();
    },
  };
}

const isChannel = (conversation: FaultOrder['conversation']): boolean =>
  typeof conversation === 'string' && conversation.endsWith('@thread.tacv2');

function ordered(teams: FakeTeams, kind: TroubleKind, here: FaultOrder): OrderedFault[] {
  const once = { ...here, times: 1 };
  // A thread in a channel begins with a call that names no conversation.
  const begins = (what: Fault) =>
    isChannel(here.conversation) ? [teams.fails('createConversation', what, { times: 1 })] : [];
  switch (kind) {
    case 'unavailable':
      return [teams.fails('any', fault.unavailable(), here)];
    case 'cut':
      return [teams.fails('any', fault.droppedBefore(), here)];
    case 'lost answer':
      return [teams.fails('send', fault.droppedAfter(), once), teams.fails('reply', fault.droppedAfter(), once)];
    case 'throttled':
      return [...begins(fault.throttled(1)), teams.fails('send', fault.throttled(1), once)];
    case 'throttled without a time':
      return [...begins(fault.throttled()), teams.fails('send', fault.throttled(), once)];
    case 'blocked by the person':
      return [teams.fails('send', fault.blockedByUser(), here), teams.fails('reply', fault.blockedByUser(), here)];
    case 'messages gone': {
      const gone = refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation');
      return [teams.fails('update', gone, here)];
    }
    case 'directory':
      return [teams.fails('member', fault.unavailable()), teams.fails('pagedMembers', fault.unavailable())];
    case 'silent':
      return [teams.fails('send', fault.hang(), once), teams.fails('reply', fault.hang(), once)];
    case 'credentials':
      teams.secretBecomes('invalid');
      teams.revokeTokens();
      return [];
  }
}
