import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { isDead, last, neverOffers, neverReads, offers, only, reads, toldAlone } from '../expectations';
import { claimed, handedOver } from '../scenes';
import type { Stage } from '../stage';

const area = 'What administrators do';

/** A ticket and two administrators who both see its card. */
async function twoAdmins(s: Stage) {
  const [grace, alan] = [s.admin(), s.admin()];
  return { grace, alan, ...(await handedOver(s)) };
}

export const admins: Behaviour[] = [
  {
    id: 'admins.claim',
    area,
    title: 'Claim: the card says who has taken the ticket, and cannot be claimed again',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      reads(card, `Taken by ${grace.name}`);
      neverOffers(card, 'claim');
      offers(card, 'reply', 'note', 'resolve', 'not_mine');
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, grace.name);
    },
  },
  {
    id: 'admins.claim-for-all',
    area,
    title: 'Everybody in the administrators’ channel sees the card change, not only who pressed',
    run: async (s) => {
      const { grace, alan, card } = await twoAdmins(s);
      await s.acts(grace, 'claim', card);
      for (const admin of [grace, alan]) reads(s.cardFor(admin, only(s.cards(), 'cards')), `Taken by ${grace.name}`);
    },
  },
  {
    id: 'admins.reply',
    area,
    title: 'Reply: the words reach the employee with the administrator’s name',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, 'I have sent you a new code. Try now.');
      reads(last(s.chat(ada), 'message'), `${grace.name} (administrator)`, 'I have sent you a new code. Try now.');
      reads(only(s.cards(), 'cards'), 'Waiting for');
    },
  },
  {
    id: 'admins.reply-unclaimed',
    area,
    title: 'A reply is possible without claiming first',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      await s.acts(grace, 'reply', card, 'Which phone is it?');
      reads(last(s.chat(ada), 'message'), 'Which phone is it?');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'waiting_for_user');
    },
  },
  {
    id: 'admins.reply-lines',
    area,
    title: 'A reply keeps its line breaks and every character as typed',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, 'First: a < b & c\nSecond: *not bold* _nor this_ `nor that`');
      const { text } = last(s.chat(ada), 'message');
      reads(text, 'First: a < b & c', 'Second: *not bold* _nor this_ `nor that`');
    },
  },
  {
    id: 'admins.reply-long',
    area,
    title: 'A reply as long as the form takes arrives whole',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      const words = `${'Look at the second line. '.repeat(79)}The end.`;
      await s.acts(grace, 'reply', card, words);
      reads(last(s.chat(ada), 'message').text.replace(/\s+/g, ' '), words);
    },
  },
  {
    id: 'admins.note',
    area,
    title: 'A note stays among the administrators',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      const before = s.chat(ada).length;
      await s.acts(grace, 'note', card, 'Rang her back, voice is right.');
      assert.equal(s.chat(ada).length, before);
      for (const message of s.chat(ada)) neverReads(message, 'voice is right');
      const { history } = only(await s.tickets(ada), 'tickets');
      assert.deepEqual(history.at(-1), { actor: grace.name, action: 'note', text: 'Rang her back, voice is right.' });
    },
  },
  {
    id: 'admins.resolve',
    area,
    title: 'Resolve: the employee is asked whether it works now, and the card is closed',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'New device is assigned');
      const asked = last(s.chat(ada), 'message');
      reads(asked, grace.name, 'New device is assigned');
      offers(asked, 'solved', 'not_solved');
      const closed = only(s.cards(), 'cards');
      reads(closed, `Solved by ${grace.name}`);
      neverOffers(closed, 'claim', 'reply', 'resolve');
    },
  },
  {
    id: 'admins.resolve-silently',
    area,
    title: 'Resolve works without any words as well',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card);
      reads(last(s.chat(ada), 'message'), 'has marked your request');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'resolved');
    },
  },
  {
    id: 'admins.not-mine',
    area,
    title: 'Not mine: the ticket is open again, for anybody to claim',
    run: async (s) => {
      const [grace, alan] = [s.admin(), s.admin()];
      const { ada, card } = await handedOver(s);
      await s.acts(grace, 'claim', card);
      await s.acts(grace, 'not_mine', only(s.cards(), 'cards'));
      const open = only(s.cards(), 'cards');
      offers(open, 'claim');
      await s.acts(alan, 'claim', open);
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, alan.name);
    },
  },
  {
    id: 'admins.too-late',
    area,
    title: 'Who claims too late is told alone who has the ticket; nothing changes',
    run: async (s) => {
      const { ada, grace, alan, card } = await twoAdmins(s);
      await s.acts(grace, 'claim', card);
      const late = await s.acts(alan, 'claim', card);
      await toldAlone(s, late, grace.name);
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, grace.name);
    },
  },
  {
    id: 'admins.at-the-same-time',
    area,
    title: 'Of two who claim at the same moment one has the ticket, and the employee hears of one',
    run: async (s) => {
      const { ada, grace, alan, card } = await twoAdmins(s);
      await Promise.all([s.acts(grace, 'claim', card), s.acts(alan, 'claim', card)]);
      const { claimedBy, history } = only(await s.tickets(ada), 'tickets');
      assert.equal(history.filter(({ action }) => action === 'claim').length, 1);
      assert.ok([grace.name, alan.name].includes(claimedBy ?? ''));
      assert.equal((await s.namesInPrivate(ada)).filter((name) => name === 'phrases/ticket-claimed').length, 1);
    },
  },
  {
    id: 'admins.double-claim',
    area,
    title: 'A double click on Claim counts once',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      await s.pressesTwice(grace, 'claim', card);
      const { history } = only(await s.tickets(ada), 'tickets');
      assert.equal(history.filter(({ action }) => action === 'claim').length, 1);
    },
  },
  {
    id: 'admins.after-the-end',
    area,
    title: 'A reply to a ticket that is closed is refused with a word; it never reopens',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'Done');
      const before = s.chat(ada).length;
      await toldAlone(s, await s.acts(grace, 'reply', card, 'One more thing'), 'Nothing changed');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'resolved');
      assert.equal(s.chat(ada).length, before);
    },
  },
  {
    id: 'admins.reassign-role',
    area,
    title: 'Reassign: the ticket is open again for another group, and the employee hears of it',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reassign', card, 'It is the proxy', 'role:network-admin');
      reads(last(s.chat(ada), 'message'), 'the network team');
      const { role, state, claimedBy, history } = only(await s.tickets(ada), 'tickets');
      assert.deepEqual([role, state, claimedBy], ['network-admin', 'open', null]);
      assert.equal(history.at(-1)?.text, 'to the network team: It is the proxy');
      offers(only(s.cards(), 'cards'), 'claim');
    },
  },
  {
    id: 'admins.reassign-unknown',
    area,
    title: 'Reassign to a place that the organisation does not have is refused with a word',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      const asked = s.acts(grace, 'reassign', card, '', 'to:nowhere');
      if (s.platform === 'slack') await assert.rejects(asked, /does not offer/);
      else await toldAlone(s, await asked, 'cannot go there');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'claimed');
    },
  },
  {
    id: 'admins.snooze-aws',
    area,
    title: 'Snooze until AWS has answered: the employee reads what is waited for',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'snooze', card, '', 'aws');
      reads(last(s.chat(ada), 'message'), 'waits for AWS');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'waiting_for_aws');
    },
  },
  {
    id: 'admins.snooze',
    area,
    title: 'Snooze for two hours: the card says until when, and the employee is not disturbed',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      const before = s.chat(ada).length;
      await s.acts(grace, 'snooze', card, '', '2h');
      assert.equal(s.chat(ada).length, before);
      reads(only(s.cards(), 'cards'), 'Laid aside until');
    },
  },
  {
    id: 'admins.outcome',
    area,
    title: 'Resolve asks how it ended, and the employee reads it',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'The form is filled in', 'sent_to_aws');
      reads(last(s.chat(ada), 'message'), 'AWS takes it from here', 'The form is filled in');
      reads(only(s.cards(), 'cards'), `Handed on to AWS by ${grace.name}`);
    },
  },
  {
    id: 'admins.copy',
    area,
    title: 'A copy of the card, forwarded somewhere else, does nothing and says so',
    run: async (s) => {
      const grace = s.admin();
      const { ada, card } = await handedOver(s);
      await toldAlone(s, await s.actsOnCopy(grace, 'claim', card), 'copy');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'open');
    },
  },
  {
    id: 'admins.own-ticket',
    area,
    title: 'Nobody acts on their own request, administrators neither',
    run: async (s) => {
      const grace = s.admin();
      const { card } = await handedOver(s, grace);
      await toldAlone(s, await s.acts(grace, 'claim', card), 'your own request');
      assert.equal(only(await s.tickets(grace), 'tickets').state, 'open');
    },
  },
  {
    id: 'admins.no-admin',
    area,
    title: 'Who is no administrator cannot act on a ticket, and is told so alone',
    run: async (s) => {
      const bob = s.visitorAmongAdmins();
      const { ada, card } = await handedOver(s);
      await toldAlone(s, await s.acts(bob, 'claim', card), 'Only administrators');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'open');
    },
  },
  {
    id: 'admins.by-name',
    area,
    title: 'An administrator whom the organisation file names in person may act',
    run: async (s) => {
      const boss = s.adminByName();
      const { ada, card } = await handedOver(s);
      await s.acts(boss, 'claim', card);
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, boss.name);
    },
  },
  {
    id: 'admins.by-group',
    area,
    title: 'An administrator through a group of people that the organisation file names may act',
    teams: {
      cannot: 'reading the groups of a directory needs rights the bot does not ask for; name a team or a chat instead',
    },
    run: async (s) => {
      const katherine = s.adminByGroup();
      const { ada, card } = await handedOver(s);
      await s.acts(katherine, 'claim', card);
      assert.equal(only(await s.tickets(ada), 'tickets').claimedBy, katherine.name);
    },
  },
  {
    id: 'admins.resent',
    area,
    title: 'An administrator’s press that the platform delivers again counts once',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      const replied = await s.acts(grace, 'reply', card, 'Try now.');
      await s.repeated(replied);
      const { history } = only(await s.tickets(ada), 'tickets');
      assert.equal(history.filter(({ action }) => action === 'reply').length, 1);
    },
  },
  {
    id: 'admins.steps',
    area,
    title: 'The card has the administrator’s own steps in reach, with the commands',
    run: async (s) => {
      const grace = s.admin();
      const { card } = await handedOver(s);
      reads(await s.stepsOf(grace, card), 'aws iam', 'deactivate-mfa-device');
    },
  },
  {
    id: 'admins.rule',
    area,
    title: 'The card says why the request came to them, by which rule of AWS, with the source',
    run: async (s) => {
      const { card } = await handedOver(s);
      reads(card, 'mfa-lost-iam-user/iam-user');
      assert.ok(
        card.links.some(({ url }) => url.startsWith('https://docs.aws.amazon.com/')),
        'no source',
      );
    },
  },
  {
    id: 'admins.closed-is-dead',
    area,
    title: 'On the card of a closed ticket no button is left that would change anything',
    run: async (s) => {
      const { grace, card } = await claimed(s);
      await s.acts(grace, 'resolve', card, 'Done');
      const { buttons } = only(s.cards(), 'cards');
      isDead({ buttons: buttons.filter(({ id }) => ['claim', 'reply', 'note', 'resolve', 'not_mine'].includes(id)) });
    },
  },
];
