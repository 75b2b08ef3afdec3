import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { last, neverOffers, neverReads, offers, only, reads, toldAlone } from '../expectations';
import { claimed } from '../scenes';
import type { Stage } from '../stage';

const area = 'Identity before a reset';

/** Somebody whose member account is to be closed to them needs two people; an administrator has taken it. */
async function twoPeople(s: Stage) {
  const [grace, alan] = [s.admin(), s.admin()];
  const ada = s.employee();
  await s.says(ada, 'lost my mfa device');
  await s.presses(ada, 'choose:root');
  const offered = () =>
    s
      .chat(ada)
      .at(-1)
      ?.buttons.map(({ id }) => id) ?? [];
  for (let step = 0; step < 8 && !offered().includes('ask_admin'); step++)
    await s.presses(ada, offered().includes('choose:yes') ? 'choose:yes' : 'not_solved');
  await s.presses(ada, 'ask_admin');
  await s.acts(grace, 'claim', only(s.cards(), 'cards'));
  return { ada, grace, alan, card: only(s.cards(), 'cards') };
}

export const identity: Behaviour[] = [
  {
    id: 'identity.check',
    area,
    title: 'Each check of identity is a button; pressed, the card says who did it, and the employee hears nothing',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      offers(card, 'check:call_back', 'check:second_proof', 'check:recent_changes');
      const before = s.chat(ada).length;
      await s.acts(grace, 'check:call_back', card);
      const after = only(s.cards(), 'cards');
      reads(after, `Called back, directory number: ${grace.name}`);
      neverOffers(after, 'check:call_back');
      assert.equal(s.chat(ada).length, before);
      assert.deepEqual(only(await s.tickets(ada), 'tickets').history.at(-1), {
        actor: grace.name,
        action: 'check',
        text: 'call_back',
      });
    },
  },
  {
    id: 'identity.check-twice',
    area,
    title: 'A check that is on record already is not recorded again; whoever presses is told by whom it was done',
    run: async (s) => {
      const alan = s.admin();
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'check:call_back', card);
      await toldAlone(s, await s.acts(alan, 'check:call_back', card), grace.name);
      const { history } = only(await s.tickets(ada), 'tickets');
      assert.equal(history.filter(({ action }) => action === 'check').length, 1);
    },
  },
  {
    id: 'identity.two-people',
    area,
    title: 'Where two people are needed, “solved” counts only after another administrator has approved',
    run: async (s) => {
      const { ada, grace, alan, card } = await twoPeople(s);
      offers(card, 'approve');
      await toldAlone(s, await s.acts(grace, 'resolve', card, 'Done', 'solved'), 'any administrator but you');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'claimed');
      await toldAlone(s, await s.acts(grace, 'approve', only(s.cards(), 'cards')), 'a second administrator');
      await s.acts(alan, 'approve', only(s.cards(), 'cards'));
      const approved = only(s.cards(), 'cards');
      reads(approved, `Approved: ${alan.name}`);
      await s.acts(grace, 'resolve', approved, 'Done', 'solved');
      reads(last(s.chat(ada), 'message'), grace.name);
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'resolved');
    },
  },
  {
    id: 'identity.two-people-other-end',
    area,
    title: 'Where two people are needed, one alone can still refuse',
    run: async (s) => {
      const { ada, grace, card } = await twoPeople(s);
      await s.acts(grace, 'resolve', card, '', 'refused');
      assert.equal(only(await s.tickets(ada), 'tickets').state, 'resolved');
      neverReads(last(s.chat(ada), 'message'), 'as solved');
    },
  },
];
