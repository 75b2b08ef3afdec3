import fc from 'fast-check';
import type { HomeTicket } from '../../../src/core/home-view';
import { replyText } from '../../../src/core/message';
import type { TicketView } from '../../../src/core/ticket-view';
import type { Block } from '../../../src/platforms/slack/blocks';
import { stepsModal, wordsModal } from '../../../src/platforms/slack/modals';
import { pagesOf } from '../../../src/platforms/slack/pages';
import { renderHome } from '../../../src/platforms/slack/render-home';
import { renderReply } from '../../../src/platforms/slack/render-reply';
import { renderTicket } from '../../../src/platforms/slack/render-ticket';
import { reply } from '../../builders/store';
import { ticketView } from '../../builders/ticket-view';
import { messageBlockFaults, textFaultsIn, tooLong, totalOfBlocks, viewFaults } from '../../fakes/slack/block-kit';
import { mrkdwnFaults } from '../../fakes/slack/mrkdwn';
import { buttons, words } from './slack-edge';

jest.setTimeout(90_000);

const nobody = new Set<string>();

/** What Slack would say to these messages, and people would suffer from. */
function faultsOf(pages: readonly { text: string; blocks: Block[] }[]): string[] {
  return pages.flatMap(({ text, blocks }) => [
    ...messageBlockFaults(blocks),
    ...textFaultsIn(blocks, nobody, ''),
    ...(tooLong(blocks) ? [`${JSON.stringify(blocks).length} characters of blocks`] : []),
    ...mrkdwnFaults(text, nobody),
    ...(text.length > 4000 ? [`${text.length} characters of text`] : []),
    ...(text === '' ? ['no text'] : []),
  ]);
}
const textOf = (pages: readonly { blocks: Block[] }[]): string => JSON.stringify(pages.map(({ blocks }) => blocks));
const rendered = (parts: Parameters<typeof reply>[1], text = 'Try this.') =>
  renderReply([{ from: 'bot', reply: reply(text, parts) }], 'slack:T1:U1', 1);

describe('at the limits of Slack', () => {
  test('50 blocks are one message, 51 are two', () => {
    const block: Block = { type: 'context', elements: [{ type: 'plain_text', text: 'x', emoji: false }] };
    const blocks = (count: number) => Array.from({ length: count }, () => structuredClone(block));
    expect([49, 50, 51].map((count) => pagesOf(blocks(count)).map((page) => page.blocks.length))).toEqual([
      [49],
      [50],
      [50, 1],
    ]);
    for (const count of [49, 50, 51]) expect(faultsOf(pagesOf(blocks(count)))).toEqual([]);
  });

  test('3,000 characters are said whole, 3,001 shortened with a mark', () => {
    const [whole, cut] = [3000, 3001].map((length) => rendered({}, 'a'.repeat(length)));
    expect(textOf(whole!)).toContain('a'.repeat(3000));
    expect(textOf(cut!)).toMatch(/a … \(\d+ characters left out\)/);
    expect(faultsOf([...whole!, ...cut!])).toEqual([]);
  });

  test.each([4_000, 9_000, 13_000, 13_400, 30_000])(
    '%i characters are said whole, in messages Slack takes',
    (length) => {
      const say = Array.from({ length: length / 100 }, (_, index) => [{ text: `${index}:`.padEnd(100, 'x') }]);
      const pages = rendered({ say, buttons: buttons('solved') });
      expect(faultsOf(pages)).toEqual([]);
      for (const [line] of say) expect(textOf(pages)).toContain(line!.text);
      const last = pages.pop()!;
      expect(textOf([last])).toContain('solved');
      expect(textOf(pages)).not.toContain('solved');
    },
  );

  test('a short answer is one message', () => {
    expect(rendered({ steps: { first: 1, items: [[{ text: 'go' }]] }, buttons: buttons('a', 'b') })).toHaveLength(1);
  });

  test('numbers go on where a list is parted', () => {
    const items = Array.from({ length: 60 }, (_, index) => [{ text: `step ${index + 5} `.padEnd(200, 'x') }]);
    const pages = rendered({ steps: { first: 5, items } });
    expect(faultsOf(pages)).toEqual([]);
    const lists = pages
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === 'rich_text' ? block.elements : []))
      .flatMap((element) => (element.type === 'rich_text_list' ? [element] : []));
    expect(lists.length).toBeGreaterThan(1);
    let next = 5;
    for (const { offset, elements } of lists) {
      expect(offset).toBe(next - 1);
      next += elements.length;
    }
    expect(next).toBe(65);
  });

  test('25 buttons share a block, the 26th begins another; none is there twice', () => {
    const many = (count: number) => buttons(...Array.from({ length: count }, (_, index) => `choose:${index}`));
    const rows = (count: number) =>
      rendered({ buttons: [...many(count), ...many(1)] }).flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.type === 'actions' ? [block.elements.length] : [])),
      );
    expect([24, 25, 26, 30].map(rows)).toEqual([[24], [25], [25, 1], [25, 5]]);
  });

  test.each([74, 75, 76])('a label of %i characters fits', (length) => {
    const pages = rendered({ buttons: [{ id: 'a', label: 'l'.repeat(length) }] });
    expect(faultsOf(pages)).toEqual([]);
    expect(textOf(pages).includes('left out')).toBe(length > 75);
  });

  test('of links only https ones are shown, up to 3,000 characters long', () => {
    const address = (length: number) => `https://example.com/${'a'.repeat(length - 20)}`;
    const pages = rendered({
      links: [
        { label: 'fits', url: address(3000) },
        { label: 'too long', url: address(3001) },
        { label: 'plain', url: 'http://example.com' },
        { label: 'script', url: 'javascript:alert(1)' },
        { label: 'with a password', url: 'https://me:secret@example.com' },
      ],
    });
    expect(faultsOf(pages)).toEqual([]);
    expect(textOf(pages).match(/"type":"link"/g)).toHaveLength(1);
    expect(textOf(pages)).toContain('"text":"fits"');
  });
});

describe('words of people', () => {
  const hostile = [
    '<!channel> <!here> <@U0BOSS0001> <#C1> <!subteam^S1>',
    '<https://evil.example|https://aws.amazon.com>',
    '*bold* _it_ ~no~ `code` ```block``` > quote',
    '&lt;!channel&gt; &amp;lt; & < >',
    ':bomb: :smile:',
    '{{DATE(2026-01-01)}} {"type":"mrkdwn"}',
    '\u202eevil\u202c \u0000\u0007\u001b[31m',
    '\ud800 lone surrogate \udc00',
    '\r\n\u2028\u2029\n\n\n',
    ' ',
    '',
    '```\n<!everyone>\n```',
    '<!date^0^{date}|x>',
    "');DROP TABLE inbox;--",
    '<script>alert(1)</script>',
    'ا لعربية‎ mixed ‏text',
    '🧨'.repeat(2_000),
    '\\"'.repeat(1_500),
  ];
  const anything = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom('<', '>', '&', '|', '!', '@', '#', '*', '`', ':', '\n', 'channel', 'U1'), {
        maxLength: 40,
      })
      .map((parts) => parts.join('')),
  );
  const spans = fc.array(fc.record({ text: anything }), { minLength: 1, maxLength: 3 });

  test('500 hostile strings never become markup, in any place of an answer', () => {
    fc.assert(
      fc.property(spans, spans, anything, anything, (say, item, name, label) => {
        const pages = renderReply(
          [
            { from: 'admin', name, text: label },
            {
              from: 'bot',
              reply: reply('', {
                say: [say, item],
                steps: { first: 1, items: [item, say] },
                note: say,
                question: item,
                buttons: [{ id: 'a', label }],
                links: [{ label, url: 'https://example.com' }],
              }),
            },
          ],
          'slack:T1:U1',
          1,
        );
        expect(faultsOf(pages)).toEqual([]);
        for (const { blocks } of pages)
          expect(JSON.stringify(blocks)).not.toMatch(/"mrkdwn"|"type":"(user|channel|broadcast|usergroup|emoji|date)"/);
      }),
      { numRuns: 500 },
    );
  });

  test('nor in a ticket, its modal or the home view', () => {
    fc.assert(
      fc.property(anything, anything, anything, (one, two, three) => {
        const view = ticketView({
          person: { name: one, id: two, platform: three },
          title: two,
          words: [one, two, three],
          facts: [{ label: one, value: two }],
          tried: [three],
          stateText: one,
          notVerified: two,
        });
        expect(faultsOf([renderTicket(view, 'slack:C1')])).toEqual([]);
        const ticket: HomeTicket = {
          id: 1,
          number: 'D-1',
          title: one,
          state: 'open',
          stateText: two,
          urgent: true,
          person: three,
          updatedAt: 0,
        };
        const home = renderHome({ start: reply(one), mine: [ticket], queue: [ticket] }, 'slack:T1:U1', words.home, two);
        expect([...viewFaults(home, 'home'), ...textFaultsIn(home, nobody, '')]).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('are readable as they were written', () => {
    const pages = rendered({}, 'password for <admin> & "root" is *not* _accepted_');
    expect(textOf(pages)).toContain(JSON.stringify('password for <admin> & "root" is *not* _accepted_').slice(1, -1));
    expect(pages[0]!.text).toContain('&lt;admin&gt; &amp; "root" is *not*');
  });
});

describe('a ticket', () => {
  test('tells all it holds, in the order one needs it', () => {
    const view = ticketView({
      urgent: true,
      history: [
        {
          ticket: 1042,
          at: 0,
          actor: 'Ada',
          action: 'user_message',
          before: 'open',
          after: 'open',
          text: 'still waiting',
        },
      ],
    });
    const { text, blocks } = renderTicket(view, 'slack:C1');
    const parts = [
      `${view.number} · ${view.title}`,
      `🟠 ${view.stateText} · 🔴 Urgent`,
      `${view.person.name} asks for ${view.roleText}`,
      view.notVerified,
      ...view.facts.map(({ label, value }) => `${label}: ${value}`),
      'In their own words',
      ...view.words,
      'Written since',
      'still waiting',
      'Tried or told so far',
      ...view.tried,
      'Why it came here',
      view.rule!.reason,
      view.rule!.source,
      'Before you act',
      view.verify,
      ...view.actions.map(({ label }) => `[${label}]`),
      '[Show steps]',
    ];
    let from = 0;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      expect([part, at >= from]).toEqual([part, true]);
      from = at;
    }
    expect(faultsOf([{ text, blocks }])).toEqual([]);
  });

  test('shows each state by its mark and by words', () => {
    const marks = (['open', 'claimed', 'waiting_for_user', 'waiting_for_aws', 'resolved', 'cancelled'] as const).map(
      (state) =>
        renderTicket(ticketView({ state, stateText: state }), 'slack:C1').text.match(
          /(\S+) (open|claimed|waiting_for_user|waiting_for_aws|resolved|cancelled)/,
        )?.[0],
    );
    expect(marks).toEqual([
      '🟠 open',
      '🔵 claimed',
      '🔵 waiting_for_user',
      '🔵 waiting_for_aws',
      '🟢 resolved',
      '⚪ cancelled',
    ]);
  });

  test('of any length fits into one message, the newest words kept', () => {
    const long = 'very long '.repeat(300);
    const view: TicketView = ticketView({
      title: long,
      words: Array.from({ length: 60 }, (_, index) => `${index} ${long}`),
      facts: Array.from({ length: 60 }, (_, index) => ({ label: `fact ${index}`, value: long })),
      tried: Array.from({ length: 60 }, () => long),
      verify: long,
    });
    const page = renderTicket(view, 'slack:C1');
    expect(faultsOf([page])).toEqual([]);
    expect(JSON.stringify(page.blocks).length).toBeLessThan(totalOfBlocks);
    expect(textOf([page])).toContain('59 very long');
    expect(textOf([page])).toContain('left out');
  });

  test('of many lines is no taller for it', () => {
    const page = renderTicket(ticketView({ words: ['line\n'.repeat(300)] }), 'slack:C1');
    expect(page.text.match(/line\b/g)!.length).toBeLessThan(15);
    expect(page.text).toContain('more lines left out');
  });

  test('that is over offers nothing to press', () => {
    const view = ticketView({ state: 'resolved', actions: [] });
    expect(textOf([renderTicket(view, 'slack:C1')])).not.toContain('"actions"');
  });

  test('has its steps in a modal that fits, however long they are', () => {
    const view = ticketView();
    expect(viewFaults(stepsModal(view), 'modal')).toEqual([]);
    const guide = {
      ...view.guide!,
      title: 'x'.repeat(400),
      console: Array.from({ length: 200 }, () => [{ text: 'click '.repeat(300) }]),
      cli: Array.from({ length: 200 }, () => 'aws iam list-users '.repeat(100)),
      permissions: Array.from({ length: 400 }, (_, index) => `iam:Permission${index}`),
    };
    expect(viewFaults(stepsModal({ ...view, guide }), 'modal')).toEqual([]);
    expect(viewFaults(stepsModal({ ...view, guide: null, number: 'D-1234567890123' }), 'modal')).toEqual([]);
  });

  test('has its words asked for in modals Slack takes', () => {
    for (const action of ['reply', 'note', 'resolve'] as const) {
      const about = { ticket: 99_999_999, action, v: 3, at: 'slack:C1', card: '1.2', channel: 'C1' };
      expect(viewFaults(wordsModal(about), 'modal')).toEqual([]);
    }
  });
});

test('what is read as plain text holds every word of the answer', () => {
  const full = reply('One.', {
    say: [[{ text: 'One ' }, { text: 'bold', bold: true }], [{ text: 'Two' }]],
    note: [{ text: 'Mind this' }],
    question: [{ text: 'Did it help?' }],
  });
  const [page] = renderReply([{ from: 'bot', reply: full }], 'c', 1);
  const plainWords = page!.text.replace(/^\| /gm, '');
  expect(plainWords).toBe(replyText(full));
});
