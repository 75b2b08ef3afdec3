import { ticketView } from '../../builders/ticket-view';
import type { SlackMessage } from '../../fakes/slack/slack';
import { buttons, SlackEdge, words } from './slack-edge';

jest.setTimeout(30_000);

// Reads all content once, which would keep the machine from its sockets in the middle of a test.
beforeAll(() => void ticketView());

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const last = () => edge.received.at(-1);

/** Ada's private chat with an answer in it. */
async function answered(): Promise<SlackMessage> {
  const { ada } = edge.slack.people;
  await edge.answer(edge.privately(ada), { buttons: buttons('solved', 'choose:iam') }, { turn: 3 });
  return edge.dm(ada).at(-1)!;
}

describe('a button of a conversation', () => {
  test('brings back action and turn', async () => {
    const { ada } = edge.slack.people;
    const message = await answered();
    expect((await edge.slack.presses(ada, message, 'choose:iam')).status).toBe(200);
    expect(last()).toMatchObject({
      kind: 'press',
      press: 'choose:iam',
      turn: 3,
      conversation: edge.privately(ada),
      person: { id: edge.privately(ada), name: ada.name },
      address: { team: edge.slack.team.id, user: ada.id, channel: message.channel },
    });
    expect(last()).not.toHaveProperty('shared');
  });

  test('pressed twice is one press, whatever ids the clicks have; another button is another', async () => {
    const { ada } = edge.slack.people;
    const message = await answered();
    await edge.slack.presses(ada, message, 'solved');
    await edge.slack.presses(ada, message, 'solved');
    expect(edge.received).toHaveLength(1);
    await edge.slack.presses(ada, message, 'choose:iam');
    expect(edge.received).toHaveLength(2);
  });

  test('in a thread works for its own person; others are told alone', async () => {
    const { ada, bob } = edge.slack.people;
    const { general } = edge.slack.channels;
    const { message: root } = await edge.slack.mentions(ada, general, 'help');
    const { conversation } = last()!;
    await edge.answer(conversation, { buttons: buttons('solved') });
    const message = edge.slack.posted(general, { thread: root, by: 'bot' })[0]!;
    expect(message.thread_ts).toBe(root.ts);
    await edge.slack.presses(bob, message, 'solved');
    await edge.slack.until(() => edge.slack.ephemeral(general, bob)[0]);
    expect(edge.slack.reads(edge.slack.ephemeral(general, bob)[0]!)).toBe(words.notYourButton);
    expect(edge.received).toHaveLength(1);
    await edge.slack.presses(ada, message, 'solved');
    expect(last()).toMatchObject({
      kind: 'press',
      conversation,
      address: { channel: general.id, thread: root.ts, outsiders: false },
      shared: { conversation: edge.privately(ada), outsiders: false },
    });
  });

  test('remembers that outsiders read along', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.mentions(ada, edge.slack.channels.shared, 'help');
    const { conversation } = last()!;
    await edge.answer(conversation, { buttons: buttons('solved') });
    await edge.slack.presses(ada, edge.slack.posted(edge.slack.channels.shared, { by: 'bot' })[0]!, 'solved');
    expect(last()).toMatchObject({ kind: 'press', shared: { outsiders: true } });
  });

  test.each(['{}', '{"c":1}', 'null', 'now', ''])('with a value that is not ours (%s) is ignored', async (value) => {
    const { ada } = edge.slack.people;
    const message = await answered();
    const forged = structuredClone(message);
    const actions = forged.blocks!.find(({ type }) => type === 'actions') as { elements: { value: string }[] };
    for (const element of actions.elements) element.value = value;
    const delivery = await edge.slack.presses(ada, forged, 'solved', { asSeen: true });
    expect(delivery.status).toBe(200);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['slack unknown_action']);
  });
});

describe('a ticket’s card', () => {
  const admins = 'slack:C0HELPDESK1';
  async function card(parts = {}): Promise<SlackMessage> {
    await edge.ping(ticketView(parts), admins);
    return edge.slack.posted(edge.slack.channels.admins, { by: 'bot' }).at(-1)!;
  }

  test('is claimed with the card it was pressed on, outside of anybody’s private talk', async () => {
    const { grace } = edge.slack.people;
    const message = await card();
    await edge.slack.presses(grace, message, 'claim');
    const { id: team } = edge.slack.team;
    expect(last()).toMatchObject({
      kind: 'ticket_action',
      ticket: 1042,
      action: 'claim',
      text: '',
      person: { id: edge.privately(grace) },
      conversation: `slack:${team}:C0HELPDESK1:${message.ts}:${grace.id}`,
      address: { team, user: grace.id, channel: 'C0HELPDESK1' },
      card: { destination: admins, id: message.ts },
    });
  });

  test('counts a double click once, and a claim after it came back again', async () => {
    const { grace } = edge.slack.people;
    const message = await card();
    await edge.slack.presses(grace, message, 'claim');
    await edge.slack.presses(grace, message, 'claim');
    expect(edge.received).toHaveLength(1);
    await card({ version: 3 });
    await edge.slack.presses(grace, edge.slack.message(message.channel, message.ts)!, 'claim');
    expect(edge.received).toHaveLength(2);
  });

  test('posted to a person names that person as its place', async () => {
    const { boss } = edge.slack.people;
    await edge.ping(ticketView(), `slack:${boss.id}`);
    await edge.slack.presses(boss, edge.dm(boss)[0]!, 'claim');
    expect(last()).toMatchObject({ card: { destination: `slack:${boss.id}` } });
  });

  test.each(['reply', 'note', 'resolve'] as const)('asks in a modal for the words of “%s”', async (action) => {
    const { grace } = edge.slack.people;
    const message = await card();
    await edge.slack.presses(grace, message, action);
    expect(edge.received).toEqual([]);
    const modal = await edge.slack.until(() => edge.slack.modals(grace)[0]);
    const delivery = await edge.slack.submits(modal, { words: '  Done, password: hunter22 ' });
    expect(delivery.status).toBe(200);
    expect(last()).toMatchObject({
      kind: 'ticket_action',
      action,
      secrets: ['password'],
      text: expect.stringMatching(/^Done, password: /),
      card: { destination: admins, id: message.ts },
    });
    expect(JSON.stringify(last())).not.toContain('hunter22');
    expect(edge.slack.modals(grace)).toEqual([]);
    await edge.slack.redelivers(delivery);
    expect(edge.received).toHaveLength(1);
  });

  test('shows in the modal what is wrong with the words', async () => {
    const { grace } = edge.slack.people;
    await edge.slack.presses(grace, await card(), 'reply');
    const modal = await edge.slack.until(() => edge.slack.modals(grace)[0]);
    const refused = await edge.slack.submits(modal, { words: '   ' });
    expect(refused.payload).toEqual({
      response_action: 'errors',
      errors: { words: 'Write what the employee should read.' },
    });
    expect(edge.received).toEqual([]);
    await edge.slack.submits(edge.slack.modals(grace)[0]!, { words: 'Now it is there' });
    expect(last()).toMatchObject({ text: 'Now it is there' });
  });

  test('lets a resolution be wordless, and takes no more than the input allows', async () => {
    const { grace } = edge.slack.people;
    await edge.slack.presses(grace, await card(), 'resolve');
    const modal = await edge.slack.until(() => edge.slack.modals(grace)[0]);
    const tooMuch = structuredClone(modal);
    (tooMuch.blocks[0]!.element as { max_length: number }).max_length = 3000;
    const body = new URLSearchParams({
      payload: JSON.stringify({
        type: 'view_submission',
        team: { id: edge.slack.team.id },
        user: { id: grace.id },
        view: {
          ...modal,
          state: { values: { words: { words: { type: 'plain_text_input', value: 'x'.repeat(2001) } } } },
        },
      }),
    }).toString();
    const answer = await edge.slack.post({ body, contentType: 'application/x-www-form-urlencoded' });
    expect(JSON.parse(answer.body)).toMatchObject({ response_action: 'errors' });
    await edge.slack.submits(modal);
    expect(edge.received).toEqual([expect.objectContaining({ action: 'resolve', text: '' })]);
  });

  test('keeps the modal open when the words could not be recorded', async () => {
    const { grace } = edge.slack.people;
    await edge.slack.presses(grace, await card(), 'note');
    const modal = await edge.slack.until(() => edge.slack.modals(grace)[0]);
    edge.recording = async () => {
      throw new Error('the store is down');
    };
    expect((await edge.slack.submits(modal, { words: 'a note' })).status).toBe(500);
    expect(edge.slack.modals(grace)).toHaveLength(1);
    edge.recording = async () => {};
    expect((await edge.slack.submits(modal, { words: 'a note' })).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  test('opens the steps for the administrator', async () => {
    const { grace } = edge.slack.people;
    const view = ticketView();
    await edge.slack.presses(grace, await card(), 'steps');
    const modal = await edge.slack.until(() => edge.slack.modals(grace)[0]);
    const text = edge.slack.reads(modal);
    for (const command of view.guide!.cli) expect(text).toContain(command);
    expect(text).toContain(view.verify);
    expect(edge.received).toMatchObject([{ kind: 'ticket_action', action: 'seen', ticket: 1042 }]);
  });

  test('tells by Slack’s own sign when a modal could not be opened', async () => {
    const message = await card();
    edge.slack.fail('views.open', { error: 'expired_trigger_id' });
    expect((await edge.slack.presses(edge.slack.people.grace, message, 'reply')).status).toBe(500);
  });
});
