import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, isSilent, neverReads, offers, toldAlone } from '../expectations';

const area = 'Repeated and stale presses';

export const presses: Behaviour[] = [
  {
    id: 'presses.old',
    area,
    title: 'A button of an earlier step, pressed late, changes nothing and says so',
    run: async (s) => {
      const ada = s.employee();
      const asked = await s.says(ada, 'lost my mfa device');
      await s.presses(ada, 'choose:iam');
      const late = await s.pressesOld(ada, 'choose:root', asked.answer);
      answersWith(late, 'phrases/stale-button', 'mfa-lost/iam/another-device');
      offers(late.answer, 'solved', 'not_solved');
    },
  },
  {
    id: 'presses.double',
    area,
    title: 'A double click counts once',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      await s.pressesTwice(ada, 'ask_admin');
      assert.equal((await s.tickets(ada)).length, 1);
      assert.equal(s.cards().length, 1);
    },
  },
  {
    id: 'presses.double-says-once',
    area,
    title: 'A double click is answered once',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const twice = await s.pressesTwice(ada, 'choose:iam');
      answersWith(twice, 'mfa-lost/iam/another-device');
      assert.equal(s.chat(ada).length, 1);
    },
  },
  {
    id: 'presses.two-at-once',
    area,
    title: 'Of two different buttons pressed at the same time one counts, and the other is told that it came late',
    run: async (s) => {
      const ada = s.employee();
      const { answer } = await s.says(ada, 'lost my mfa device');
      await Promise.all([s.pressesOld(ada, 'choose:iam', answer), s.pressesOld(ada, 'choose:root', answer)]);
      const names = await s.namesInPrivate(ada);
      assert.ok(names.includes('phrases/stale-button'), names.join());
      const begun = names.filter((name) => name.startsWith('mfa-lost/') && name !== 'mfa-lost/which-type');
      assert.equal(new Set(begun).size, 1, names.join());
    },
  },
  {
    id: 'presses.resent',
    area,
    title: 'A click that the platform delivers again counts once',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      isSilent(await s.repeated(await s.presses(ada, 'choose:iam')));
    },
  },
  {
    id: 'presses.resent-anew',
    area,
    title: 'A click that the platform delivers again under a new id counts once',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      isSilent(await s.repeatedAnew(await s.presses(ada, 'choose:iam')));
    },
  },
  {
    id: 'presses.somebody-else',
    area,
    title: 'Who presses a button that was shown to somebody else in a thread is told so alone; nothing happens',
    run: async (s) => {
      const [ada, bob] = [s.employee(), s.employee()];
      const room = s.room(ada, bob);
      const { answer } = await s.mentions(ada, room, 'lost my mfa device');
      const before = s.everything(room);
      const pressed = await s.presses(bob, 'choose:iam', answer);
      await toldAlone(s, pressed, 'somebody else');
      assert.equal(s.everything(room), before);
      answersWith(await s.presses(ada, 'choose:iam', answer), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'presses.after-solved',
    area,
    title: 'A button pressed after the matter was closed changes nothing',
    run: async (s) => {
      const ada = s.employee();
      const told = await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'solved');
      const late = await s.pressesOld(ada, 'ask_admin', told.answer);
      assert.ok(late.names.includes('phrases/stale-button'), late.names.join());
      assert.deepEqual(await s.tickets(ada), []);
    },
  },
  {
    id: 'presses.stale-hand-over',
    area,
    title: 'An old “Ask my administrator” disturbs nobody',
    run: async (s) => {
      const ada = s.employee();
      const told = await s.says(ada, 'lost my mfa device, iam user');
      await s.says(ada, 'start over');
      await s.pressesOld(ada, 'ask_admin', told.answer);
      assert.deepEqual(s.cards(), []);
    },
  },
  {
    id: 'presses.made-up',
    area,
    title: 'A button of the conversation that nobody ever offered changes nothing',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device, iam user');
      answersWith(await s.pressesMadeUp(ada, 'choose:root'), 'phrases/stale-button', 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'presses.menu-again',
    area,
    title: 'An old menu’s topic, pressed late, is refused with a word and the present step stays',
    run: async (s) => {
      const ada = s.employee();
      const menu = await s.says(ada, 'hello');
      await s.presses(ada, 'choose:mfa.lost');
      const late = await s.pressesOld(ada, 'choose:password.forgot', menu.answer);
      answersWith(late, 'phrases/stale-button', 'mfa-lost/which-type');
      neverReads(late.answer, 'password');
    },
  },
];
