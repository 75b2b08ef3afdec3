import { situationsOf } from '../../../src/content/walk';
import { newConversation } from '../../../src/core/conversation';
import { isPerson } from '../../../src/core/escalation';
import { replyText } from '../../../src/core/message';
import { stepAt, stepName } from '../../../src/core/navigate';
import { isAsk } from '../../../src/core/scenario';
import { maskSecrets } from '../../../src/core/secrets';
import { respond } from '../../../src/dialogue/respond';
import { knowledge } from '../../builders/bot';
import { names, openTicket, press, say, shown, situation } from '../../builders/dialogue';

const { content } = knowledge();
const iam = { account_type: 'iam' };
const withTicket = (parts: Parameters<typeof openTicket>[0] = {}) => ({ tickets: [openTicket(parts)] });

describe('buttons that are gone', () => {
  const steps = ['mfa-lost/which-type', 'mfa-lost/iam/another-device', 'mfa-lost/iam/administrator'];

  test.each(steps)('a press from an earlier turn changes nothing at %s, and says so', (step) => {
    const before = shown(step, iam, { turn: 5 });
    for (const { id } of before.buttons) {
      const { conversation, replies, open, change } = press(before, id, 4);
      expect(names(replies)).toEqual(['phrases/stale-button', step]);
      expect(conversation).toMatchObject({
        position: before.position,
        slots: before.slots,
        trail: before.trail,
        awaiting: before.awaiting,
        earlier: [],
      });
      expect([open, change]).toEqual([null, null]);
    }
  });

  test.each([
    'choose:root',
    'choose:nothing',
    'ask_admin',
    'next',
    'claim',
    '',
    '__proto__',
    'choose:__proto__',
    'choose:constructor',
    'x'.repeat(5000),
  ])('a press that was never offered (%j) changes nothing', (id) => {
    const before = shown('mfa-lost/root/another-way-in', { account_type: 'root' });
    const { replies, open, conversation } = press(before, id);
    expect(names(replies)).toEqual(['phrases/stale-button', 'mfa-lost/root/another-way-in']);
    expect(open).toBeNull();
    expect(conversation.position).toEqual(before.position);
  });

  test('pressing twice opens one ticket', () => {
    const before = shown('mfa-lost/iam/administrator', iam);
    const first = press(before, 'ask_admin', 1);
    expect(first.open?.role).toBe('account-admin');
    const second = press({ ...first.conversation, tickets: [1001] }, 'ask_admin', 1, withTicket());
    expect(second.open).toBeNull();
    expect(names(second.replies)[0]).toBe('phrases/stale-button');
  });

  test('asking again while the request is open asks nobody twice', () => {
    const before = shown('mfa-lost/iam/administrator', iam, { tickets: [1001] });
    const { replies, open, change } = press(before, 'ask_admin', 1, withTicket());
    expect(names(replies)).toEqual(['phrases/already-asked']);
    expect([open, change]).toEqual([null, null]);
  });

  test('a stale press keeps an offer that stands', () => {
    const offered = say(shown('mfa-lost/iam/administrator', iam), 'a person please').conversation;
    const { replies, conversation } = press(offered, 'solved', 0);
    expect(names(replies)).toEqual(['phrases/stale-button', 'phrases/offer-person']);
    expect(conversation.awaiting).toEqual(offered.awaiting);
  });

  test('after a second problem was dropped there is still something to press', () => {
    const before = {
      ...newConversation(),
      turn: 3,
      second: { text: 'my card', intent: 'account.manage', slots: {} },
      awaiting: { kind: 'confirm-second' as const },
      buttons: [{ id: 'choose:no', label: 'No' }],
    };
    const dropped = press(before, 'choose:no').conversation;
    expect(dropped.awaiting).toEqual({ kind: 'nothing' });
    const { replies } = press(dropped, 'choose:yes', 1);
    expect(replies.at(-1)!.buttons.length).toBeGreaterThan(0);
  });
});

describe('why', () => {
  test.each(['why', 'why?', 'Why do you ask?', 'but why'])(
    '%j tells the reason of a question and keeps it open',
    (text) => {
      const before = shown('mfa-lost/which-type');
      const { replies, conversation } = say(before, text);
      expect(names(replies)).toEqual(['phrases/why']);
      expect(replyText(replies[0]!)).toContain('Root, IAM, portal and company logins are repaired by different people');
      expect(replies[0]!.buttons).toEqual(before.buttons);
      expect(conversation).toMatchObject({ position: before.position, awaiting: { kind: 'answer' } });
    },
  );

  test('at a told step it names the rule and its source', () => {
    const { replies } = say(shown('mfa-lost/iam/another-device', iam), 'why?');
    const rule = content.rules.get('mfa-lost-iam-user/iam-user')!;
    expect(replyText(replies[0]!)).toContain(rule.reason.trim());
    expect(replies[0]!.links).toEqual([{ label: content.phrases.rule_source, url: rule.source }]);
  });

  test('before anything was asked it still answers', () => {
    expect(names(say(newConversation(), 'why?').replies)[0]).toBe('phrases/why-nothing');
  });
});

describe('back, start over, cancel', () => {
  test('back returns to the question before, and forgets the answer', () => {
    const answered = press(shown('mfa-lost/which-type'), 'choose:iam').conversation;
    expect(answered.slots.account_type).toBe('iam');
    const { replies, conversation } = say(answered, 'back');
    expect(names(replies)).toEqual(['mfa-lost/which-type']);
    expect(conversation.slots).toEqual({});
  });

  test('back goes as far as there is something, then says so', () => {
    const { replies } = say(shown('mfa-lost/which-type'), 'go back');
    expect(names(replies)).toEqual(['phrases/nothing-to-go-back-to', 'mfa-lost/which-type']);
  });

  test('back from the menu returns to where the menu came up', () => {
    const menu = press(shown('mfa-lost/iam/another-device', iam), 'help').conversation;
    expect(menu.position).toBeNull();
    expect(names(say(menu, 'back').replies)).toEqual(['mfa-lost/iam/another-device']);
  });

  test('start over forgets the problem and the person’s facts', () => {
    const { conversation, replies } = say(
      shown('mfa-lost/iam/administrator', iam, { words: ['lost my phone'] }),
      'start over',
    );
    expect(names(replies)).toEqual(['phrases/started-over']);
    expect(conversation).toMatchObject({ position: null, slots: {}, words: [], trail: [], earlier: [], misses: 0 });
  });

  test('cancel takes the open request back', () => {
    const before = shown('mfa-lost/iam/administrator', iam, { tickets: [1001], awaiting: { kind: 'nothing' } });
    const { change, replies, conversation } = say(before, 'cancel that please', withTicket());
    expect(change).toMatchObject({ action: 'cancelled', ticket: { id: 1001 } });
    expect(names(replies)).toContain('phrases/ticket-cancelled');
    expect(replyText(replies[0]!)).toContain('D-1001');
    expect(conversation).toMatchObject({ tickets: [], position: null });
  });

  test('cancel without a request drops the problem', () => {
    const { change, replies } = say(shown('mfa-lost/iam/another-device', iam), 'cancel');
    expect(change).toBeNull();
    expect(names(replies)).toEqual(['phrases/cancelled']);
  });
});

describe('a person, anywhere', () => {
  /** Whom the bot offers depends on the step and the kind of user; situations that differ in more are one here. */
  const situations = [
    ...new Map(
      situationsOf(content, () => {}).map((one) => [`${stepName(one.position)} ${one.slots.account_type}`, one]),
    ).values(),
  ];

  test('the walk knows many situations', () => {
    expect(situations.length).toBeGreaterThan(100);
  });

  test.each([
    ['typed', (name: string, slots: object) => say(shown(name, slots as Record<string, string>), 'a person please')],
    ['pressed', (name: string, slots: object) => press(shown(name, slots as Record<string, string>), 'person')],
  ])('%s, is somebody the rules of the step allow', (_how, ask) => {
    for (const { position, slots } of situations) {
      const { step } = stepAt(content, position);
      const { conversation } = ask(stepName(position), slots);
      if (conversation.awaiting.kind !== 'confirm-person') throw new Error(`${stepName(position)}: nobody is offered`);
      const { role } = conversation.awaiting;
      const rules = (step.rule === undefined ? [] : [step.rule].flat()).map((id) => content.rules.get(id)!);
      const forbidding = rules.find((rule) => rule.never.includes(role));
      if (forbidding || !isPerson(role))
        throw new Error(`${stepName(position)} ${JSON.stringify(slots)}: ${role} is forbidden by ${forbidding?.id}`);
      const opened = press(conversation, 'ask_admin');
      expect(opened.open).toMatchObject({ role });
    }
  });

  test('at a told step with an offer, the offered person is opened for, with rule and guide', () => {
    for (const { position, slots } of situations) {
      const { step } = stepAt(content, position);
      if (isAsk(step) || !step.offer || !isPerson(step.offer)) continue;
      const { open } = press(shown(stepName(position), slots), 'ask_admin');
      expect(open).toMatchObject({
        role: step.offer,
        details: { guide: step.guide ?? null, rules: [step.rule].flat(), slots },
      });
    }
  });

  test('nobody is disturbed without a yes', () => {
    const offered = say(shown('mfa-lost/which-type'), 'i want a human');
    expect(offered.open).toBeNull();
    expect(names(say(offered.conversation, 'no').replies)).toEqual(['mfa-lost/which-type']);
    expect(say(offered.conversation, 'yes').open).toMatchObject({ role: 'account-admin' });
  });

  test('before any problem is known there is somebody too', () => {
    const { conversation } = say(newConversation(), 'human please');
    expect(conversation.awaiting).toEqual({ kind: 'confirm-person', role: 'account-admin' });
  });

  test('for root without a problem it is the account’s owner', () => {
    const { conversation } = say({ ...newConversation(), slots: { account_type: 'root' } }, 'human please');
    expect(conversation.awaiting).toEqual({ kind: 'confirm-person', role: 'account-owner' });
  });
});

describe('silence', () => {
  const hour = 3_600_000;
  const before = shown('mfa-lost/iam/another-device', iam, { lastAt: Date.UTC(2026, 10, 23, 9) });
  const silentFor = (hours: number) => say(before, 'still stuck', { now: before.lastAt + hours * hour });

  test('of some hours is bridged by where we were, and the answer still counts', () => {
    const { replies } = silentFor(5);
    expect(names(replies)).toEqual(['phrases/welcome-back', 'mfa-lost/iam/administrator']);
    expect(replyText(replies[0]!)).toContain('Lost or broken MFA device');
  });

  test('of some minutes is not mentioned', () => {
    expect(names(silentFor(1).replies)).toEqual(['mfa-lost/iam/administrator']);
  });

  test('of a month loses nothing', () => {
    expect(silentFor(24 * 30).conversation.slots).toMatchObject(iam);
  });

  test('before a first problem there is nothing to return to', () => {
    expect(names(say({ ...newConversation(), lastAt: 1 }, 'hello').replies)).toEqual(['phrases/greeting']);
  });
});

describe('input that is no sentence', () => {
  const empty = [
    '',
    '   ',
    '\n\t\r',
    '🙃',
    '👍🏽👩‍💻🇩🇪',
    '\u200b',
    '\u200d\u2060\ufeff',
    '\u0000\u0001\u0007',
    '...',
    '!?!?',
    '\u202e',
    '“”',
  ];

  test.each(empty)('%j gets plain words, and the step stays', (text) => {
    const { replies, conversation } = say(shown('mfa-lost/which-type'), text);
    expect(names(replies)).toEqual(['phrases/empty', 'mfa-lost/which-type']);
    expect(conversation.awaiting).toEqual({ kind: 'answer' });
  });

  test.each(empty)('%j as the first word gets plain words and a way on', (text) => {
    const { replies } = say(newConversation(), text);
    expect(names(replies)[0]).toBe('phrases/empty');
    expect(replies.at(-1)!.buttons.length).toBeGreaterThan(0);
  });

  test.each([
    'مرحبا، لا أستطيع تسجيل الدخول',
    'שלום אני לא מצליח להיכנס',
    'l\u200bo\u200bs\u200bt my phone',
    '\u202elost my phone\u202c',
    'lost\u0000 my\u0007 phone, iam user',
    '{"user":"lost my phone","nested":[1,{"x":null}]}',
    '<script>alert(1)</script>',
    'function f() { return process.env.AWS_PROFILE; }',
    '```\naws sts get-caller-identity\n```',
    '**bold** _it_ [a](https://example.com) {ticket} {who}',
    "'; DROP TABLE inbox; --",
    '%s %d %n ${jndi:ldap://x}',
    '\ud800 lone surrogate \udfff',
    'a'.repeat(10_000),
    'lost my phone '.repeat(900),
    `${'🙃'.repeat(3000)} mfa lost`,
    `${'e\u0301\u0302'.repeat(3000)}`,
    '1 2 3 4 5 6 7 8',
    'lost phone '.repeat(360),
  ])('%j crashes nothing and leaves a way on', (text) => {
    for (const before of [newConversation(), shown('mfa-lost/which-type'), shown('mfa-lost/iam/another-device', iam)]) {
      const { replies } = say(before, text);
      expect(replies.at(-1)!.buttons.length).toBeGreaterThan(0);
      const own = replies.map(replyText).join('\n');
      expect(own).not.toContain('<script>');
      expect(own).not.toContain('DROP TABLE');
    }
  });

  test('of a very long message only the beginning is read, and it says so', () => {
    const { replies, conversation } = say(newConversation(), `lost my phone, iam user. ${'blah '.repeat(2000)}`);
    expect(names(replies)[0]).toBe('phrases/too-long');
    expect(conversation.words.every((words) => words.length <= 600)).toBe(true);
  });

  test('a file cannot be read, and the step stays', () => {
    const { replies } = respond(situation(), shown('mfa-lost/which-type'), { kind: 'file', name: 'screen.png' });
    expect(names(replies)).toEqual(['phrases/file-not-read', 'mfa-lost/which-type']);
  });

  test('a secret is pointed out, and the sentence around it still counts', () => {
    const { text, kinds } = maskSecrets('lost my phone with the mfa app for aws, iam user AKIAIOSFODNN7EXAMPLE');
    const { replies, conversation } = respond(situation(), newConversation(), { kind: 'text', text, secrets: kinds });
    expect(names(replies)).toEqual(['phrases/secret-seen', 'mfa-lost/iam/another-device']);
    expect(replyText(replies[0]!)).toContain('Ask whoever owns it to deactivate it');
    expect(JSON.stringify(conversation)).not.toContain('AKIAIOSF');
  });

  test('nothing but a secret is pointed out, and the step stays', () => {
    const { replies } = respond(situation(), shown('mfa-lost/which-type'), {
      kind: 'text',
      text: '[removed: aws-key]',
      secrets: ['aws-key'],
    });
    expect(names(replies)).toEqual(['phrases/secret-seen', 'mfa-lost/which-type']);
  });
});

describe('the company’s facts', () => {
  const organization = {
    version: 1 as const,
    identity_provider: { name: 'Okta', reset_url: 'https://example.okta.com/help' },
  };
  const heard = (member: boolean) =>
    press(shown('mfa-lost/which-type'), 'choose:federated', undefined, {
      organization,
      person: { id: 'x', name: 'X', member },
    })
      .replies.map(replyText)
      .join('\n');

  test('are told to members', () => {
    expect(heard(true)).toContain('https://example.okta.com/help');
  });

  test('are told to nobody else', () => {
    expect(heard(false)).not.toContain('okta.com');
  });
});

describe('while somebody works on the request', () => {
  const before = shown('mfa-lost/iam/administrator', iam, {
    tickets: [1001],
    awaiting: { kind: 'nothing' },
    buttons: [{ id: 'solved', label: 'That worked' }],
  });

  test.each(['my phone is a pixel', 'i forgot my password too', 'no', 'yes', 'thanks', 'root'])(
    '%j is passed on, not answered',
    (text) => {
      const { replies, change, open, conversation } = say(
        before,
        text,
        withTicket({ state: 'claimed', claimedBy: 'Grace' }),
      );
      expect(names(replies)).toEqual(['phrases/relayed']);
      expect(replyText(replies[0]!)).toContain('Grace');
      expect(change).toMatchObject({ action: 'user_message', text, ticket: { id: 1001 } });
      expect(open).toBeNull();
      expect(conversation.position).toEqual(before.position);
    },
  );

  test('an answer to the administrator’s question gets no echo at all', () => {
    const { replies, change } = say(
      before,
      'it was a pixel',
      withTicket({ state: 'waiting_for_user', claimedBy: 'Grace' }),
    );
    expect(replies).toEqual([]);
    expect(change).toMatchObject({ action: 'user_message', text: 'it was a pixel' });
  });

  test('very long words are cut before they join the ticket', () => {
    const { change } = say(before, 'word '.repeat(790), withTicket({ state: 'claimed', claimedBy: 'Grace' }));
    expect(change!.text!.length).toBeLessThanOrEqual(2000);
  });

  test.each(['that worked', 'solved', 'it works now'])('%j takes the request back', (text) => {
    const { change, replies } = say(before, text, withTicket({ state: 'claimed', claimedBy: 'Grace' }));
    expect(change).toMatchObject({ action: 'cancelled' });
    expect(names(replies)).toEqual(['phrases/solved-with-ticket']);
  });

  test('cancel and start over are still heard', () => {
    expect(say(before, 'cancel', withTicket({ state: 'claimed' })).change).toMatchObject({ action: 'cancelled' });
    expect(names(say(before, 'start over', withTicket({ state: 'claimed' })).replies)).toEqual([
      'phrases/started-over',
    ]);
  });
});

describe('while nobody has taken the request yet', () => {
  const before = shown('mfa-lost/iam/administrator', iam, {
    tickets: [1001],
    awaiting: { kind: 'nothing' },
    buttons: [
      { id: 'solved', label: 'That worked' },
      { id: 'start_over', label: 'Start over' },
    ],
  });

  test.each(['yes', 'yep', 'no', 'it is a pixel by the way', 'lost my phone'])(
    '%j joins the request, and never takes it back',
    (text) => {
      const { replies, change } = say(before, text, withTicket());
      expect(change).toMatchObject({ action: 'user_message', text });
      expect(names(replies)).toEqual(['phrases/already-handed-over']);
    },
  );

  test('another problem is still answered', () => {
    const { replies, conversation } = say(before, 'the aws bill must go to another credit card', withTicket());
    expect(names(replies).join()).toContain('account-manage/');
    expect(conversation.tickets).toEqual([1001]);
  });

  test('a ticket closed by others is no longer waited for', () => {
    const { conversation } = say(before, 'hello', withTicket({ state: 'resolved' }));
    expect(conversation.tickets).toEqual([]);
  });
});

describe('a turn', () => {
  test('is pure: the same input gives the same outcome, and what came in stays as it was', () => {
    const before = shown('mfa-lost/iam/another-device', iam);
    const copy = structuredClone(before);
    expect(say(before, 'still stuck')).toEqual(say(before, 'still stuck'));
    expect(before).toEqual(copy);
  });

  test('counts up, so that its buttons outdate those before', () => {
    expect(say(shown('mfa-lost/which-type', {}, { turn: 7 }), 'iam').conversation.turn).toBe(8);
  });

  test.each([
    'thanks',
    'bye',
    'it works',
    'hello',
    'what do you know about me?',
    'why?',
    'no',
    'yes',
    'next',
    'back',
    'asdfgh',
  ])('%j as the very first word leaves a way on', (text) => {
    expect(say(newConversation(), text).replies.at(-1)!.buttons.length).toBeGreaterThan(0);
  });

  test('not understood once: asked again; twice: topics and a person', () => {
    const once = say(newConversation(), 'florble grump wix');
    expect(names(once.replies)).toEqual(['phrases/not-understood']);
    const twice = say(once.conversation, 'zzz qqq florble');
    expect(names(twice.replies)).toEqual(['phrases/menu']);
    expect(twice.replies[0]!.buttons.map(({ id }) => id)).toContain('person');
  });
});
