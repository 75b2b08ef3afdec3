import { situationsOf } from '../../../src/content/walk';
import { plain } from '../../../src/core/message';
import { stepAt, stepName } from '../../../src/core/navigate';
import { isAsk } from '../../../src/core/scenario';
import { line, maxActions, maxCharacters, showStep } from '../../../src/dialogue/wording';
import { knowledge } from '../../builders/bot';
import { content, scenario, tell } from '../../builders/content';

const shipped = knowledge().content;

describe('line', () => {
  test.each([
    ['plain words', {}, [{ text: 'plain words' }]],
    ['**bold** first', {}, [{ text: 'bold', bold: true }, { text: ' first' }]],
    ['a **b** c **d**', {}, [{ text: 'a ' }, { text: 'b', bold: true }, { text: ' c ' }, { text: 'd', bold: true }]],
    ['two * stars ** here', {}, [{ text: 'two * stars ** here' }]],
    ['hello {who}', { who: 'Ada' }, [{ text: 'hello ' }, { text: 'Ada' }]],
    ['hello {who}', {}, [{ text: 'hello ' }, { text: '{who}' }]],
    ['  trimmed \n', {}, [{ text: 'trimmed' }]],
  ])('%j with %j', (text, values, spans) => {
    expect(line(text, values)).toEqual(spans);
  });

  test('the words of a person are never read as markup', () => {
    const spans = line('you said {text}', { text: '**bold** {who} <b>x</b> [a](b)' });
    expect(spans).toEqual([{ text: 'you said ' }, { text: '**bold** {who} <b>x</b> [a](b)' }]);
  });
});

describe('pages of a told step', () => {
  const { phrases } = shipped;
  function pagesOf(actions: string[], say = 'Do this.', note?: string) {
    const one = scenario('mfa.lost', 'told', { told: tell({ offer: 'account-admin' }) });
    one.wording.steps.told = {
      title: 'Told',
      known: {},
      say,
      do: actions,
      choices: {},
      ...(note === undefined ? {} : { note }),
    };
    const all = content([one], undefined, phrases);
    const show = (page: number) => showStep(all, { scenario: 'mfa-lost', step: 'told' }, page, {});
    return Array.from({ length: show(0).pages }, (_, page) => show(page).reply);
  }
  const numbered = (count: number, length = 10) =>
    Array.from({ length: count }, (_, index) => `${index + 1} `.padEnd(length, 'x'));

  test.each([
    [0, 1],
    [1, 1],
    [6, 1],
    [7, 2],
    [12, 2],
    [13, 3],
  ])('%i short actions make %i page(s)', (count, pages) => {
    const replies = pagesOf(numbered(count));
    expect(replies).toHaveLength(pages);
    expect(replies.every((reply) => (reply.steps?.items.length ?? 0) <= maxActions)).toBe(true);
  });

  test.each([
    [numbered(13)],
    [numbered(20, 300)],
    [numbered(5, 880)],
    [[...numbered(3), 'y'.repeat(850), ...numbered(4)]],
  ])('nothing is lost, and the numbers go on', (actions) => {
    const replies = pagesOf(actions);
    const items = replies.flatMap((reply) => reply.steps!.items.map(plain));
    expect(items).toEqual(actions);
    let next = 1;
    for (const { steps } of replies) {
      expect(steps!.first).toBe(next);
      next += steps!.items.length;
    }
  });

  test('a page holds about 900 characters, what stands around them included', () => {
    for (const reply of pagesOf(numbered(20, 200), 's'.repeat(300), 'n'.repeat(200))) {
      const length = [...reply.say, ...(reply.steps?.items ?? []), ...(reply.note ? [reply.note] : [])].reduce(
        (sum, part) => sum + plain(part).length,
        0,
      );
      expect(length).toBeLessThanOrEqual(maxCharacters);
    }
  });

  test('“next” stands on every page but the last, the note on the last only, the beginning on the first only', () => {
    const replies = pagesOf(numbered(13), 'Do this.', 'Mind that.');
    expect(replies.map(({ buttons }) => buttons.some(({ id }) => id === 'next'))).toEqual([true, true, false]);
    expect(replies.map(({ note }) => note !== undefined)).toEqual([false, false, true]);
    expect(replies.map(({ say }) => say.length)).toEqual([1, 0, 0]);
  });

  test('every page has a way to solve it, to go on, and to a person', () => {
    for (const { buttons } of pagesOf(numbered(13))) {
      expect(buttons.map(({ id }) => id)).toEqual(expect.arrayContaining(['solved', 'not_solved', 'ask_admin']));
    }
  });

  test('a page beyond the last shows the last', () => {
    const one = scenario('mfa.lost', 'told', { told: tell() });
    const all = content([one], undefined, phrases);
    expect(showStep(all, { scenario: 'mfa-lost', step: 'told' }, 7, {}).reply.name).toBe('mfa-lost/told');
  });
});

describe('every shipped step, as everybody sees it', () => {
  const facts = {
    portal_url: 'https://d-1234567890.awsapps.com/start',
    identity_provider: 'Okta',
    identity_provider_reset: 'https://example.okta.com/help',
    accounts: 'example-prod, 111122223333; example-test, 444455556666',
    contact_mail: 'mail@example.com',
    contact_network: 'network@example.com',
    contact_security: 'security@example.com',
    contact_billing: 'finance@example.com',
    support_plan: 'Business Support',
  };
  const positions = [
    ...new Map(situationsOf(shipped, () => {}).map(({ position }) => [stepName(position), position])).values(),
  ];

  test.each(positions.map((position) => [stepName(position), position] as const))('%s', (_name, position) => {
    const { step, scenario: at } = stepAt(shipped, position);
    const told: string[] = [];
    const { pages } = showStep(shipped, position, 0, facts);
    for (let page = 0; page < pages; page++) {
      const { reply } = showStep(shipped, position, page, facts);
      const parts = [...reply.say, ...(reply.steps?.items ?? []), ...(reply.note ? [reply.note] : [])].map(plain);
      told.push(...parts);
      expect(reply.steps?.items.length ?? 0).toBeLessThanOrEqual(maxActions);
      expect(parts.join('').length).toBeLessThanOrEqual(maxCharacters + 20);
      expect(reply.buttons.some(({ id }) => id === 'person' || id === 'ask_admin')).toBe(true);
      expect(new Set(reply.buttons.map(({ id }) => id)).size).toBe(reply.buttons.length);
      expect(new Set(reply.buttons.map(({ label }) => label)).size).toBe(reply.buttons.length);
      for (const part of parts) expect(part).not.toMatch(/\*\*|\{[a-z_]+\}|^\s*$/);
    }
    if (!isAsk(step)) {
      const wording = at.wording.steps[position.step]!;
      for (const action of wording.do) expect(told).toContain(plain(line(action)));
    }
  });

  test('company facts appear only where they are known', () => {
    const position = { scenario: 'mfa-lost', step: 'federated/provider' };
    const text = (known: Record<string, string>) =>
      showStep(shipped, position, 0, known).reply.say.map(plain).join('\n');
    expect(text(facts)).toContain('https://example.okta.com/help');
    expect(text({})).not.toContain('okta');
  });
});
