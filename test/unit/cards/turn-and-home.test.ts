import { byteLength } from '../../../src/cards/elements';
import { homeCard } from '../../../src/cards/home-card';
import { CARD_LIMIT_BYTES } from '../../../src/cards/limits';
import { turnCard } from '../../../src/cards/reply-card';
import type { HomeTicket, HomeView } from '../../../src/core/home-view';
import type { ChatLine } from '../../../src/core/ports';
import { reply } from '../../builders/store';
import { cardSchema, texts } from './card-schema';

const valid = (card: object): unknown => cardSchema.safeParse(card).error?.issues ?? 'valid';
const shown = (card: object): string[] =>
  texts(card).flatMap(({ path, text }) => (path.endsWith('.inlines.text') ? [text] : []));
const verbs = (card: object): string[] =>
  texts(card).flatMap(({ path, text }) => (path.endsWith('.verb') ? [text] : []));

const said: ChatLine[] = [
  {
    from: 'bot',
    reply: reply('First.', {
      buttons: [{ id: 'old', label: 'Old' }],
      links: [{ label: 'A', url: 'https://a.example/' }],
    }),
  },
  { from: 'admin', name: 'Grace', text: 'on it' },
  {
    from: 'bot',
    reply: reply('Last.', {
      buttons: [{ id: 'new', label: 'New' }],
      links: [{ label: 'B', url: 'https://b.example/' }],
    }),
  },
];

describe('a whole turn as one card', () => {
  it('says everything in order, with the last answer’s buttons, and is valid', () => {
    const card = turnCard(said, { turn: 4, conversation: 'teams:t:u' });
    expect(valid(card)).toBe('valid');
    expect(shown(card)).toEqual([
      'First.',
      'Where this comes from',
      'Grace (administrator)',
      'on it',
      'Last.',
      'Where this comes from',
    ]);
    expect(verbs(card)).toEqual(['new']);
    expect(card.actions?.[0]).toMatchObject({
      data: { press: 'new', turn: 4, c: 'teams:t:u' },
      fallback: { data: { press: 'new', turn: 4, c: 'teams:t:u' } },
    });
  });

  it('has no two elements of one id', () => {
    const ids = turnCard(said, { turn: 4 }).body.flatMap(({ id }) => (id ? [id] : []));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no buttons once it is over, or when only an administrator spoke', () => {
    expect(turnCard(said, { turn: 4, live: false }).actions).toBeUndefined();
    expect(turnCard([said[1]!], { turn: 4 }).actions).toBeUndefined();
    expect(valid(turnCard([], { turn: 4 }))).toBe('valid');
  });

  it('stays below a limit that is given', () => {
    const long = reply('x'.repeat(900), {
      steps: { first: 1, items: Array.from({ length: 40 }, () => [{ text: 'y'.repeat(900) }]) },
    });
    for (const limit of [CARD_LIMIT_BYTES, CARD_LIMIT_BYTES / 2])
      expect(byteLength(turnCard([{ from: 'bot', reply: long }], { turn: 1, limit }))).toBeLessThanOrEqual(limit);
  });
});

describe('home as a card', () => {
  const words = { mine: 'Your requests', none: 'None.', queue: 'Waiting', empty: 'Nobody.' };
  const ticket = (parts: Partial<HomeTicket> = {}): HomeTicket => ({
    id: 7,
    number: 'D-7',
    title: 'Lost phone',
    state: 'open',
    stateText: 'Open: nobody has taken it yet',
    urgent: false,
    person: 'Ada',
    updatedAt: 1,
    ...parts,
  });
  const view = (parts: Partial<HomeView> = {}): HomeView => ({
    start: reply('Hello!', { buttons: [{ id: 'topic:mfa.lost', label: 'Lost MFA device' }] }),
    mine: [],
    queue: null,
    ...parts,
  });

  it('greets, offers topics that work at any time, and can be drawn anew', () => {
    const card = homeCard(view(), words, 'teams:t:u');
    expect(valid(card)).toBe('valid');
    expect(shown(card)).toEqual(['Hello!', 'Your requests', 'None.']);
    expect(card.actions).toMatchObject([
      { verb: 'topic:mfa.lost', data: { press: 'topic:mfa.lost', c: 'teams:t:u' } },
      { verb: 'home', data: { home: 1 } },
    ]);
    expect(JSON.stringify(card)).not.toContain('"turn"');
  });

  it('shows administrators who waits, urgent ones marked', () => {
    const queue = [ticket({ urgent: true }), ticket({ number: 'D-8', stateText: 'Taken by Grace', state: 'claimed' })];
    const card = homeCard(view({ queue }), words, 'c');
    expect(shown(card).slice(3)).toEqual([
      ...['Waiting', 'D-7 ', 'Urgent ', 'Lost phone', ' · Ada', 'Open: nobody has taken it yet'],
      ...['D-8 ', 'Lost phone', ' · Ada', 'Taken by Grace'],
    ]);
    expect(shown(homeCard(view({ queue: [] }), words, 'c'))).toContain('Nobody.');
  });

  it('stays valid and small, whatever people wrote', () => {
    const hostile = ticket({
      title: '{{DATE(x)}} <at>a</at> '.repeat(50),
      person: '\u202e'.repeat(500),
      stateText: '[x](https://e.example)',
    });
    const many = Array.from({ length: 200 }, () => hostile);
    const start = reply('Hello!', {
      buttons: Array.from({ length: 9 }, (_, n) => ({ id: `topic:${n}`, label: `T${n}` })),
    });
    const card = homeCard({ start, mine: many, queue: many }, words, 'c');
    expect(valid(card)).toBe('valid');
    expect(byteLength(card)).toBeLessThanOrEqual(CARD_LIMIT_BYTES);
    expect(verbs(card).filter((verb) => !verb.startsWith('open_ticket:'))).toHaveLength(10);
    expect(shown(card).some((text) => /… \(\d+ more\)/.test(text))).toBe(true);
    expect(JSON.stringify(card)).not.toContain('{{');
  });
});
