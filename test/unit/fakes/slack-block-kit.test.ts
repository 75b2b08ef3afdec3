import { messageBlockFaults, textFaultsIn, tooLong, viewFaults } from '../../fakes/slack/block-kit';

type Json = Record<string, unknown>;
const chars = (count: number): string => 'x'.repeat(count);
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const plain = (text = 'x'): Json => ({ type: 'plain_text', text });
const markup = (text = 'x'): Json => ({ type: 'mrkdwn', text });
const button = (more: Json = {}): Json => ({ type: 'button', text: plain(), ...more });
const option = (at: number | string, more: Json = {}): Json => ({ text: plain(), value: String(at), ...more });
const select = (options: Json[], more: Json = {}): Json => ({ type: 'static_select', options, ...more });
const section = (more: Json = { text: markup() }): Json => ({ type: 'section', ...more });
const actions = (elements: Json[], more: Json = {}): Json => ({ type: 'actions', elements, ...more });
const input = (element: Json, more: Json = {}): Json => ({ type: 'input', label: plain(), element, ...more });
const textInput = (more: Json = {}): Json => ({ type: 'plain_text_input', ...more });
const rich = (elements: Json[]): Json => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const boxes = (options: Json[]): Json => ({ type: 'checkboxes', options });
const image = (more: Json = {}): Json => ({
  type: 'image',
  image_url: 'https://a.example/i.png',
  alt_text: 'x',
  ...more,
});
const address = (length: number): string => `https://a.example/${chars(length - 18)}`;

const modal = (more: Json = {}): Json => ({ type: 'modal', title: plain(), submit: plain(), blocks: [], ...more });

describe('limits: one below and the limit itself pass, one above does not', () => {
  const ofBlocks: [string, number, (n: number) => Json[]][] = [
    ['blocks of a message', 50, (n) => many(n, () => section())],
    ['section text', 3000, (n) => [section({ text: markup(chars(n)) })]],
    ['section plain text', 3000, (n) => [section({ text: plain(chars(n)) })]],
    ['section fields', 10, (n) => [section({ fields: many(n, () => markup()) })]],
    ['one field', 2000, (n) => [section({ fields: [markup(chars(n))] })]],
    ['header', 150, (n) => [{ type: 'header', text: plain(chars(n)) }]],
    ['context elements', 10, (n) => [{ type: 'context', elements: many(n, () => markup()) }]],
    ['actions elements', 25, (n) => [actions(many(n, () => button()))]],
    ['button text', 75, (n) => [actions([button({ text: plain(chars(n)) })])]],
    ['button value', 2000, (n) => [actions([button({ value: chars(n) })])]],
    ['button address', 3000, (n) => [actions([button({ url: address(n) })])]],
    ['action id', 255, (n) => [actions([button({ action_id: chars(n) })])]],
    ['block id', 255, (n) => [section({ text: plain(), block_id: chars(n) })]],
    ['options of a menu', 100, (n) => [actions([select(many(n, (at) => option(at)))])]],
    ['option text', 75, (n) => [actions([select([option(1, { text: plain(chars(n)) })])])]],
    ['option value', 150, (n) => [actions([select([option(chars(n))])])]],
    ['checkboxes', 10, (n) => [actions([boxes(many(n, (at) => option(at)))])]],
    [
      'overflow options',
      5,
      (n) => [section({ text: plain(), accessory: { type: 'overflow', options: many(n, (at) => option(at)) } })],
    ],
    ['placeholder', 150, (n) => [actions([select([option(1)], { placeholder: plain(chars(n)) })])]],
    ['input label', 2000, (n) => [input(textInput(), { label: plain(chars(n)) })]],
    ['input hint', 2000, (n) => [input(textInput(), { hint: plain(chars(n)) })]],
    ['longest input', 3000, (n) => [input(textInput({ max_length: n }))]],
    ['image address', 3000, (n) => [image({ image_url: address(n) })]],
    ['image description', 2000, (n) => [image({ alt_text: chars(n) })]],
    ['rich text', 3000, (n) => [rich([{ type: 'text', text: chars(n) }])]],
    [
      'confirmation',
      300,
      (n) => [
        actions([button({ confirm: { title: plain(), text: plain(chars(n)), confirm: plain(), deny: plain() } })]),
      ],
    ],
  ];
  test.each(ofBlocks)('%s: %i', (_, limit, make) => {
    expect(messageBlockFaults(make(limit - 1))).toEqual([]);
    expect(messageBlockFaults(make(limit))).toEqual([]);
    expect(messageBlockFaults(make(limit + 1))).not.toEqual([]);
  });

  const ofViews: [string, number, (n: number) => Json][] = [
    ['blocks of a view', 100, (n) => modal({ blocks: many(n, () => section()) })],
    ['title', 24, (n) => modal({ title: plain(chars(n)) })],
    ['submit', 24, (n) => modal({ submit: plain(chars(n)) })],
    ['close', 24, (n) => modal({ close: plain(chars(n)) })],
    ['private metadata', 3000, (n) => modal({ private_metadata: chars(n) })],
    ['callback id', 255, (n) => modal({ callback_id: chars(n) })],
    ['external id', 255, (n) => modal({ external_id: chars(n) })],
  ];
  test.each(ofViews)('%s: %i', (_, limit, make) => {
    expect(viewFaults(make(limit - 1), 'modal')).toEqual([]);
    expect(viewFaults(make(limit), 'modal')).toEqual([]);
    expect(viewFaults(make(limit + 1), 'modal')).not.toEqual([]);
  });

  test('all blocks together: about 13,200 characters', () => {
    const ofSize = (size: number): Json[] => {
      const parts = many(5, () => section({ text: plain(chars(2000)) }));
      const rest = size - JSON.stringify([...parts, section({ text: plain('') })]).length;
      return [...parts, section({ text: plain(chars(rest)) })];
    };
    expect(JSON.stringify(ofSize(13_000))).toHaveLength(13_000);
    expect([13_000, 13_199, 13_200, 13_201, 13_400].map((size) => tooLong(ofSize(size)))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

test('every block and element there is use for passes', () => {
  const blocks = [
    { type: 'header', text: { ...plain(), emoji: true } },
    { type: 'divider' },
    section({
      fields: [plain(), markup()],
      accessory: button({ style: 'danger', value: '', accessibility_label: 'x' }),
    }),
    section({ text: { ...markup(), verbatim: true }, accessory: image() }),
    { type: 'context', elements: [markup(), plain(), image()] },
    actions([
      select([option(1), option(2)], { initial_option: option(2) }),
      { type: 'static_select', option_groups: [{ label: plain(), options: [option(1)] }] },
      { type: 'users_select', initial_user: 'U1' },
      { type: 'conversations_select' },
      { type: 'datepicker', initial_date: '2026-11-23' },
      { type: 'overflow', options: [option(1, { url: 'https://a.example' })] },
      boxes([option(1, { text: markup('*x*'), description: markup() })]),
      { type: 'radio_buttons', options: [option(1)], initial_option: option(1) },
    ]),
    image({ title: plain() }),
    input(textInput({ multiline: true, min_length: 1, max_length: 500, initial_value: 'x', focus_on_load: true })),
    input({ type: 'multi_static_select', options: [option(1)], max_selected_items: 1 }, { optional: true }),
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'x', style: { bold: true, code: true } },
            { type: 'link', url: 'https://a.example', text: 'x' },
            { type: 'link', url: 'mailto:a@a.example' },
            { type: 'emoji', name: 'wave' },
            { type: 'user', user_id: 'U1' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 1,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'x' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }], border: 1 },
      ],
    },
  ];
  expect(messageBlockFaults(blocks)).toEqual([]);
  expect(viewFaults({ type: 'home', blocks }, 'home')).toEqual([]);
});

describe('refused, with the place', () => {
  const cases: [string, unknown, string][] = [
    ['blocks that are no list', {}, '[json-pointer:/blocks]'],
    ['an unknown block', [{ type: 'table' }], '[json-pointer:/blocks/0/type]'],
    ['a markdown block', [{ type: 'markdown', text: 'x' }], '[json-pointer:/blocks/0/type]'],
    ['a block without type', [{}], '[json-pointer:/blocks/0/type]'],
    ['an unknown property', [{ type: 'divider', color: 'red' }], 'unknown property color [json-pointer:/blocks/0]'],
    ['an unknown element', [actions([{ type: 'toggle' }])], '[json-pointer:/blocks/0/elements/0/type]'],
    [
      'a menu of many in actions',
      [actions([{ type: 'multi_static_select', options: [option(1)] }])],
      '/elements/0/type]',
    ],
    ['a button in context', [{ type: 'context', elements: [button()] }], '[json-pointer:/blocks/0/elements/0/type]'],
    ['markup in a header', [{ type: 'header', text: markup() }], '[json-pointer:/blocks/0/text/type]'],
    ['markup on a button', [actions([button({ text: markup() })])], '[json-pointer:/blocks/0/elements/0/text/type]'],
    ['another style', [actions([button({ style: 'default' })])], '[json-pointer:/blocks/0/elements/0/style]'],
    ['empty text', [section({ text: plain('') })], '[json-pointer:/blocks/0/text/text]'],
    [
      'a long text, in Slack’s words',
      [section({ text: plain(chars(3001)) })],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'too many blocks, in Slack’s words',
      many(51, () => section()),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    ['a section of nothing', [{ type: 'section' }], 'needs text or fields [json-pointer:/blocks/0]'],
    ['no elements', [actions([])], '[json-pointer:/blocks/0/elements]'],
    ['no options', [actions([select([])])], '[json-pointer:/blocks/0/elements/0/options]'],
    [
      'options and groups',
      [actions([select([option(1)], { option_groups: [{ label: plain(), options: [option(1)] }] })])],
      'either options or option_groups',
    ],
    [
      'an initial option that is not offered',
      [actions([select([option(1)], { initial_option: option(2) })])],
      'not one of the options',
    ],
    [
      'a block id twice',
      [section({ text: plain(), block_id: 'a' }), { type: 'divider', block_id: 'a' }],
      'block_id a is used twice',
    ],
    [
      'an action id twice in a block',
      [actions([button({ action_id: 'a' }), button({ action_id: 'a' })])],
      'action_id a is used twice',
    ],
    [
      'an address that is none',
      [actions([button({ url: 'javascript:alert(1)' })])],
      'must be an http or https address',
    ],
    [
      'an unknown element of rich text',
      [rich([{ type: 'broadcast', range: 'here' }])],
      '[json-pointer:/blocks/0/elements/0/elements/0/type]',
    ],
    [
      'an unknown style of rich text',
      [rich([{ type: 'text', text: 'x', style: { shiny: true } }])],
      'unknown property shiny',
    ],
    ['too long an initial value', [input(textInput({ initial_value: 'xx', max_length: 1 }))], 'longer than max_length'],
  ];
  test.each(cases)('%s', (_, blocks, told) => {
    expect(messageBlockFaults(blocks).join('\n')).toContain(told);
  });

  test('the same action id in two blocks is fine', () => {
    expect(messageBlockFaults([actions([button({ action_id: 'a' })]), actions([button({ action_id: 'a' })])])).toEqual(
      [],
    );
  });

  test('views', () => {
    const inputs = [input(textInput())];
    expect(viewFaults({ type: 'modal', title: plain(), blocks: inputs }, 'modal')).toEqual([
      'a modal with inputs needs submit [json-pointer:/view]',
    ]);
    expect(viewFaults({ type: 'home', title: plain(), blocks: [] }, 'home')).toEqual([
      'unknown property title [json-pointer:/view]',
    ]);
    expect(viewFaults({ type: 'home', blocks: [] }, 'modal').join()).toContain('[json-pointer:/view/type]');
    expect(viewFaults(modal({ state: {} }), 'modal')).toEqual(['unknown property state [json-pointer:/view]']);
  });
});

test('texts inside blocks are told with their place', () => {
  const blocks = [
    section({ text: markup('a < b') }),
    section({ text: plain('a < b') }),
    rich([
      { type: 'user', user_id: 'U1' },
      { type: 'user', user_id: 'U2' },
    ]),
  ];
  expect(textFaultsIn(blocks, new Set(['U2']), '/blocks')).toEqual([
    'unescaped < in "a < b" [json-pointer:/blocks/0/text]',
    'unknown mention U1 [json-pointer:/blocks/2/elements/0/elements/0]',
  ]);
});
