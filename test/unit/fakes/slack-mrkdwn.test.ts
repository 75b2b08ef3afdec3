import { asTyped, linksOf, mrkdwnFaults, plain } from '../../fakes/slack/mrkdwn';

const allowed = new Set(['U0ADA00001', '#C0GENERAL01', '!subteam^S0TEAM0001', '!here']);
const faults = (text: string): string[] => mrkdwnFaults(text, allowed);

test.each([
  'plain words, *bold*, `code`',
  'a &lt; b &amp;&amp; c &gt; d',
  '&gt; quoted',
  '<https://a.example/?a=1&b=2>',
  '<https://a.example/|Read &amp; sign>',
  '<mailto:a@a.example|Mail us>',
  '<tel:+49301234>',
  '<@U0ADA00001>',
  '<@U0ADA00001|ada>',
  '<#C0GENERAL01|general>',
  '<!subteam^S0TEAM0001>',
  '<!here>',
  '<!date^1700000000^{date_short}|yesterday>',
  '',
])('passes: %s', (text) => {
  expect(faults(text)).toEqual([]);
});

test.each([
  ['a < b', 'unescaped < in "a < b"'],
  ['a > b', 'unescaped >'],
  ['> quoted', 'unescaped >'],
  ['salt & pepper', 'unescaped &'],
  ['&nbsp;', 'unescaped &'],
  ['<b>bold</b>', '<b> is neither a link nor a mention'],
  ['<>', 'neither'],
  ['<javascript:alert(1)|x>', 'neither'],
  ['<https://a.example|>', 'neither'],
  ['<https://a.example|a & b>', 'unescaped &'],
  ['<https://a b>', 'neither'],
  ['<@U0BOB00001>', 'unknown mention <@U0BOB00001>'],
  ['<#C0RANDOM001>', 'unknown mention'],
  ['<!channel>', 'unknown mention <!channel>'],
  ['<!channel|channel>', 'unknown mention'],
  ['<!everyone>', 'unknown mention'],
  ['<!subteam^S0OTHER001>', 'unknown mention'],
  ['<!other>', 'neither'],
  ['<<https://a.example>>', 'unescaped <'],
])('is a fault: %s', (text, told) => {
  expect(faults(text).join('\n')).toContain(told);
});

test('what people type reaches the app as Slack passes it on', () => {
  expect(asTyped('1 < 2 & <@U1> <!channel>')).toBe('1 &lt; 2 &amp; <@U1> &lt;!channel&gt;');
  expect(asTyped('go to https://a.example/x?a=1&b=2.')).toBe('go to <https://a.example/x?a=1&amp;b=2>.');
  expect(asTyped('d-123.awsapps.com/start')).toBe('<http://d-123.awsapps.com/start|d-123.awsapps.com/start>');
  expect(asTyped('a@a.example')).toBe('<mailto:a@a.example|a@a.example>');
});

test('texts are read as a person reads them', () => {
  const text = '*Hi* <@U1>, _see_ <https://a.example/x|the &amp; page> or <https://a.example>: 1 &lt; 2 * 3 * 4 a_b_c';
  expect(plain(text, () => 'ada')).toBe('Hi @ada, see the & page or https://a.example: 1 < 2 * 3 * 4 a_b_c');
  expect(linksOf(text)).toEqual([
    { label: 'the & page', url: 'https://a.example/x' },
    { label: 'https://a.example', url: 'https://a.example' },
  ]);
});
