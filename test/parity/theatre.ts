import type { Organization } from '../../src/core/organization';
import { FakeTeams } from '../fakes/teams/teams';
import { RunningBot } from './running-bot';
import { SlackStage, slackEnv, startFakeSlack } from './slack-stage';
import type { PlatformName } from './stage';
import { TeamsStage } from './teams-stage';

/** The company that everybody here works for. Its administrators' channel is a new one for each behaviour. */
export const company = (): Organization => ({
  version: 1,
  name: 'Example Corp',
  portal_urls: ['https://d-1234567890.awsapps.com/start'],
  destinations: { 'aws-admins': { slack: 'C0NOTYET01', teams: '19:not-yet@thread.tacv2' } },
  routes: { default: { tiers: [{ to: ['aws-admins'], claim_within: '15m' }] } },
  admins: { slack: [], teams: [] },
});

/** A whole bot with the platforms named. */
export interface Theatre {
  bot: RunningBot;
  stages: Partial<{ slack: SlackStage; teams: TeamsStage }>;
  /** What a behaviour left behind that it must not. */
  takeFaults(mayLeaveTwins?: readonly PlatformName[]): string[];
  end(): Promise<void>;
}

/** Starts the fakes and the bot behind them, all in this process and on loopback. */
export async function openTheatre(platforms: readonly PlatformName[], organization = company()): Promise<Theatre> {
  const slack = platforms.includes('slack') ? await startFakeSlack() : null;
  const teams = platforms.includes('teams') ? await FakeTeams.start() : null;
  const bot = await RunningBot.start({
    organization,
    env: { ...(slack ? slackEnv(slack) : {}), ...(teams ? teams.settings() : {}) },
    onListening: (url) => {
      if (slack) slack.requestUrl = `${url}slack/events`;
      teams?.deliversTo(`${url}api/messages`);
    },
  });
  const stages = {
    ...(slack ? { slack: new SlackStage(bot, organization, slack) } : {}),
    ...(teams ? { teams: new TeamsStage(bot, organization, teams) } : {}),
  };
  const all = [stages.slack, stages.teams].filter((stage) => stage !== undefined);
  return {
    bot,
    stages,
    takeFaults: (mayLeaveTwins = []) => [
      ...bot.takeFaults(),
      ...all.flatMap((stage) => [
        ...stage.takeViolations().map((text) => `${stage.platform} would not take this: ${text}`),
        ...stage.takeChatFaults({ mayLeaveTwins: mayLeaveTwins.includes(stage.platform) }),
      ]),
    ],
    end: async () => {
      await bot.end();
      await Promise.all(all.map((stage) => stage.end()));
    },
  };
}
