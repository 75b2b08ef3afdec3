import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, neverOffers, offers, only, reads, toldAlone } from '../expectations';
import type { BothStages, Person, Stage } from '../stage';

const area = 'Both platforms at once';

/** Somebody on `from` asks for their administrator; the administrators of both platforms see a card. */
async function asks(from: Stage, { slack, teams }: BothStages) {
  const admins = { slack: slack.admin('Grace on Slack'), teams: teams.admin('Alan on Teams') };
  const ada = from.employee();
  await from.says(ada, 'lost my mfa device, iam user');
  await from.presses(ada, 'ask_admin');
  const cards = { slack: only(slack.cards(), 'cards on Slack'), teams: only(teams.cards(), 'cards on Teams') };
  return { ada, admins, cards };
}

/** Each platform would make something of these if they were not kept from it. */
const words = 'Use *this* <page> & [that](https://example.com) @everyone';

const lastOf = (s: Stage, person: Person) => last(s.chat(person), 'message');

export const both: Behaviour[] = [
  {
    id: 'both.served',
    area,
    title: 'One process serves both platforms, each person where they are',
    runBoth: async ({ slack, teams }) => {
      const [ada, bob] = [slack.employee(), teams.employee()];
      answersWith(await slack.says(ada, 'lost my mfa device'), 'mfa-lost/which-type');
      answersWith(await teams.says(bob, 'lost my mfa device'), 'mfa-lost/which-type');
      answersWith(await slack.presses(ada, 'choose:iam'), 'mfa-lost/iam/another-device');
      answersWith(await teams.presses(bob, 'choose:root'), 'mfa-lost/root/another-way-in');
    },
  },
  {
    id: 'both.cards',
    area,
    title: 'A request from either platform is shown to the administrators of both',
    runBoth: async (stages) => {
      const { ada, cards } = await asks(stages.slack, stages);
      reads(cards.slack, ada.name, 'Slack');
      reads(cards.teams, ada.name, 'Slack');
    },
  },
  {
    id: 'both.slack-to-teams',
    area,
    title: 'A request from Slack, claimed in Teams: the employee hears of it in Slack',
    runBoth: async (stages) => {
      const { ada, admins, cards } = await asks(stages.slack, stages);
      await stages.teams.acts(admins.teams, 'claim', cards.teams);
      await stages.slack.settled();
      reads(lastOf(stages.slack, ada), 'Alan on Teams has taken your request');
    },
  },
  {
    id: 'both.teams-to-slack',
    area,
    title: 'A request from Teams, claimed in Slack: the employee hears of it in Teams',
    runBoth: async (stages) => {
      const { ada, admins, cards } = await asks(stages.teams, stages);
      await stages.slack.acts(admins.slack, 'claim', cards.slack);
      await stages.teams.settled();
      reads(lastOf(stages.teams, ada), 'Grace on Slack has taken your request');
    },
  },
  {
    id: 'both.cards-change',
    area,
    title: 'A claim on one platform changes the card on the other',
    runBoth: async (stages) => {
      const { admins, cards } = await asks(stages.slack, stages);
      await stages.teams.acts(admins.teams, 'claim', cards.teams);
      for (const stage of [stages.slack, stages.teams]) {
        const card = only(stage.cards(), 'cards');
        reads(card, 'Taken by Alan on Teams');
        neverOffers(card, 'claim');
      }
    },
  },
  {
    id: 'both.reply',
    area,
    title: 'A reply written in Teams reaches an employee in Slack, character by character',
    runBoth: async (stages) => {
      const first = await asks(stages.slack, stages);
      await stages.teams.acts(first.admins.teams, 'reply', first.cards.teams, words);
      reads(lastOf(stages.slack, first.ada), 'Alan on Teams (administrator)', words);
    },
  },
  {
    id: 'both.reply-to-teams',
    area,
    title: 'A reply written in Slack reaches an employee in Teams, character by character',
    runBoth: async (stages) => {
      const first = await asks(stages.teams, stages);
      await stages.slack.acts(first.admins.slack, 'reply', first.cards.slack, words);
      reads(lastOf(stages.teams, first.ada), 'Grace on Slack (administrator)', words);
    },
  },
  {
    id: 'both.reply-back',
    area,
    title: 'What the employee answers in Slack is on the card in Teams',
    runBoth: async (stages) => {
      const { ada, admins, cards } = await asks(stages.slack, stages);
      await stages.teams.acts(admins.teams, 'reply', cards.teams, 'Which phone?');
      await stages.slack.says(ada, 'the red one');
      reads(only(stages.teams.cards(), 'cards'), 'the red one');
    },
  },
  {
    id: 'both.resolve',
    area,
    title: 'Resolved on one platform, the ticket is closed on the other',
    runBoth: async (stages) => {
      const { ada, admins, cards } = await asks(stages.teams, stages);
      await stages.slack.acts(admins.slack, 'resolve', cards.slack, 'New device is there');
      const card = only(stages.teams.cards(), 'cards');
      reads(card, 'Solved by Grace on Slack');
      neverOffers(card, 'claim', 'reply', 'resolve');
      offers(lastOf(stages.teams, ada), 'solved', 'not_solved');
    },
  },
  {
    id: 'both.too-late',
    area,
    title: 'Who claims on one platform what was claimed on the other is told who has it',
    runBoth: async (stages) => {
      const { admins, cards } = await asks(stages.slack, stages);
      await stages.teams.acts(admins.teams, 'claim', cards.teams);
      const late = await stages.slack.acts(admins.slack, 'claim', cards.slack);
      await toldAlone(stages.slack, late, 'Alan on Teams');
    },
  },
  {
    id: 'both.same-moment',
    area,
    title: 'Of two who claim on both platforms at the same moment one has the ticket',
    runBoth: async (stages) => {
      const { ada, admins, cards } = await asks(stages.slack, stages);
      await Promise.all([
        stages.slack.acts(admins.slack, 'claim', cards.slack),
        stages.teams.acts(admins.teams, 'claim', cards.teams),
      ]);
      const { history, claimedBy } = only(await stages.slack.tickets(ada), 'tickets');
      assert.equal(history.filter(({ action }) => action === 'claim').length, 1);
      for (const stage of [stages.slack, stages.teams]) reads(only(stage.cards(), 'cards'), `Taken by ${claimedBy}`);
    },
  },
  {
    id: 'both.taken-back',
    area,
    title: 'A request that is taken back closes its cards on both platforms',
    runBoth: async (stages) => {
      const { ada } = await asks(stages.teams, stages);
      await stages.teams.says(ada, 'cancel');
      for (const stage of [stages.slack, stages.teams]) neverOffers(only(stage.cards(), 'cards'), 'claim', 'resolve');
    },
  },
  {
    id: 'both.one-down',
    area,
    title: 'While one platform is down, people on the other are answered as always',
    runBoth: async ({ slack, teams }) => {
      const [ada, bob] = [slack.employee(), teams.employee()];
      const down = teams.trouble('unavailable');
      await teams.receipt(bob, 'lost my mfa device');
      await teams.until(() => down.met > 0, 'a call that met the outage');
      answersWith(await slack.says(ada, 'lost my mfa device'), 'mfa-lost/which-type');
      answersWith(await slack.presses(ada, 'choose:iam'), 'mfa-lost/iam/another-device');
      await down.lift();
      await teams.settled();
      only(teams.chat(bob), 'messages');
    },
  },
  {
    id: 'both.one-down-card',
    area,
    title:
      'A request made while one platform is down reaches the administrators of the other at once, and its own later',
    runBoth: async ({ slack, teams }) => {
      const ada = teams.employee();
      await teams.says(ada, 'lost my mfa device, iam user');
      const down = slack.trouble('unavailable');
      await teams.receipt(ada, 'yes please, ask them');
      await teams.until(() => teams.cards().length === 1 && teams.chat(ada).length > 1, 'the card on Teams');
      assert.deepEqual(slack.cards(), []);
      await down.lift();
      await slack.settled();
      offers(only(slack.cards(), 'cards'), 'claim');
    },
  },
  {
    id: 'both.down-at-start',
    area,
    title: 'A platform that is down at the start does not keep the other from being served',
    runBoth: async ({ slack, teams }) => {
      await slack.bot.stop();
      const down = slack.trouble('unavailable');
      await slack.bot.start();
      const { checks } = await teams.bot.readiness();
      assert.deepEqual([checks.slack, checks.teams], ['failed', 'ok']);
      const bob = teams.employee();
      await teams.receipt(bob, 'lost my mfa device');
      await teams.until(() => teams.chat(bob).length === 1, 'the answer on Teams');
      await down.lift();
      await slack.until(async () => (await slack.bot.readiness()).ready, 'Slack to be back');
      answersWith(await slack.says(slack.employee(), 'lost my mfa device'), 'mfa-lost/which-type');
    },
  },
  {
    id: 'both.crash',
    area,
    title: 'After a crash both platforms get what they are owed, once',
    runBoth: async ({ slack, teams }) => {
      const [ada, bob] = [slack.employee(), teams.employee()];
      const held = slack.bot.hold('before sending');
      await slack.receipt(ada, 'lost my mfa device');
      await teams.receipt(bob, 'lost my mfa device');
      await held.reached;
      await slack.until(async () => (await slack.bot.waiting()) === 2, 'both answers to be decided');
      await slack.bot.kill();
      await slack.bot.start();
      await slack.settled();
      only(slack.chat(ada), 'messages');
      only(teams.chat(bob), 'messages');
    },
  },
  {
    id: 'both.not-mixed',
    area,
    title: 'Conversations on the two platforms never mix, whatever the people are called',
    runBoth: async ({ slack, teams }) => {
      const [onSlack, onTeams] = [slack.employee('Ada Lovelace'), teams.employee('Ada Lovelace')];
      await slack.says(onSlack, 'lost my mfa device');
      await teams.says(onTeams, 'forgot my iam password');
      answersWith(await slack.says(onSlack, 'iam'), 'mfa-lost/iam/another-device');
    },
  },
];
