import { newConversation } from '../../../src/core/conversation';
import { replyText } from '../../../src/core/message';
import { ticketStates } from '../../../src/core/ticket';
import { actOnTicket } from '../../../src/dialogue/ticket-action';
import { knowledge } from '../../builders/bot';
import { adminAction, openTicket, shown } from '../../builders/dialogue';

const { content } = knowledge();
const before = shown(
  'mfa-lost/iam/administrator',
  { account_type: 'iam' },
  { tickets: [1001], awaiting: { kind: 'nothing' } },
);
const act = (action: Parameters<typeof adminAction>[0], text = '', parts = {}, conversation = before) =>
  actOnTicket(content, conversation, openTicket(parts), adminAction(action, text));
const said = (outcome: ReturnType<typeof act>) =>
  outcome!.lines.map((line) => (line.from === 'bot' ? line.reply.name : `${line.from}: ${line.text}`));

describe('what an administrator does, on the employee’s side', () => {
  test('claim: told who has it', () => {
    const outcome = act('claim');
    expect(said(outcome)).toEqual(['phrases/ticket-claimed']);
    const [line] = outcome!.lines;
    expect(line?.from === 'bot' && replyText(line.reply)).toBe(
      'Grace has taken your request D-1001 and will write to you here.',
    );
    expect(outcome!.conversation).toEqual({ ...before, turn: before.turn + 1 });
  });

  test('reply: the administrator’s own words, unchanged', () => {
    const outcome = act('reply', '  **Which** device <b>was</b> it? {ticket}  ', { state: 'claimed' });
    expect(outcome!.lines).toEqual([
      { from: 'admin', name: 'Grace', text: '**Which** device <b>was</b> it? {ticket}' },
    ]);
  });

  test('note: nothing is seen of it', () => {
    expect(act('note', 'called back')).toMatchObject({ lines: [], text: 'called back', conversation: before });
  });

  test('not mine: told that it waits for somebody else', () => {
    const parts = { state: 'claimed', claimedBy: 'Grace', claimedById: 'grace' };
    expect(said(act('not_mine', '', parts))).toEqual(['phrases/ticket-returned']);
  });

  test.each([
    ['somebody else', { claimedBy: 'Alan', claimedById: 'alan' }],
    ['a namesake', { claimedBy: 'Grace', claimedById: 'another' }],
  ])('not mine: nothing changes while %s has it', (_who, parts) => {
    expect(act('not_mine', '', { state: 'claimed', ...parts })).toBeNull();
  });

  test('resolve: told, and asked whether it is so', () => {
    const outcome = act('resolve', 'device removed', { state: 'claimed' });
    expect(said(outcome)).toEqual(['phrases/ticket-resolved']);
    expect(outcome!.conversation).toMatchObject({ turn: before.turn + 1, awaiting: { kind: 'outcome' } });
    expect(outcome!.conversation.buttons.map(({ id }) => id)).toEqual(['solved', 'not_solved']);
  });

  test('resolve while the person is busy with another problem: told, not taken away from it', () => {
    const busy = shown('account-manage/task', {}, { tickets: [1001] });
    const outcome = act('resolve', 'done', {}, busy);
    expect(said(outcome)).toEqual(['phrases/ticket-resolved']);
    expect(outcome!.conversation).toEqual(busy);
  });

  test('resolve where the problem has no scenario on show: asked whether it is so', () => {
    const outcome = act('resolve', '', {}, { ...newConversation(), tickets: [1001] });
    expect(outcome!.conversation.awaiting).toEqual({ kind: 'outcome' });
  });

  test.each(['reply', 'note'] as const)('an empty %s changes nothing', (action) => {
    expect(act(action, ' \n ')).toBeNull();
  });

  test.each(ticketStates.filter((state) => state !== 'open'))('claiming what is %s changes nothing', (state) => {
    expect(act('claim', '', { state })).toBeNull();
  });

  test.each(['claim', 'reply', 'note', 'resolve', 'not_mine'] as const)(
    '%s on a closed request changes nothing',
    (action) => {
      expect(act(action, 'text', { state: 'resolved' })).toBeNull();
      expect(act(action, 'text', { state: 'cancelled' })).toBeNull();
    },
  );
});
