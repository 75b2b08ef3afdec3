import { arrive, follow, NavigationError, startOf, stepAt, stepName } from '../../../src/core/navigate';
import { ask, content, scenario, tell } from '../../builders/content';

const lost = scenario('mfa.lost', 'type', {
  type: ask('account_type', { root: 'root/do', iam: 'iam/do', unsure: { to: 'page', set: { guessed: 'yes' } } }),
  page: ask('page', {
    email: { to: 'type', set: { account_type: 'root' } },
    id: { to: 'type', set: { account_type: 'iam' } },
  }),
  'root/do': tell({ then: { go: 'support.contact' } }),
  'iam/do': tell({
    instead: [
      { if: { only_admin: 'yes' }, then: 'iam/alone' },
      { if: { error: 'denied', mfa: 'app' }, then: 'iam/denied' },
    ],
  }),
  'iam/alone': tell(),
  'iam/denied': tell(),
});
const contact = scenario('support.contact', 'who', {
  who: ask('account_type', { root: 'form', iam: 'admin' }),
  form: tell(),
  admin: tell(),
});
const circle = scenario('mfa.enable', 'one', {
  one: ask('a', { x: 'two', y: 'two' }),
  two: ask('b', { x: 'one', y: 'one' }),
  'told/one': tell({ instead: [{ if: { a: 'x' }, then: 'told/two' }] }),
  'told/two': tell({ instead: [{ if: { a: 'x' }, then: 'told/one' }] }),
});
const all = content([lost, contact, circle]);
const at = (step: string, name = 'mfa-lost') => ({ scenario: name, step });

describe('arrive', () => {
  test('stays at a question whose answer is unknown', () => {
    expect(arrive(all, at('type'), {})).toEqual({ position: at('type'), slots: {}, skipped: [] });
  });

  test('passes a question whose answer is known', () => {
    expect(arrive(all, at('type'), { account_type: 'iam' })).toEqual({
      position: at('iam/do'),
      slots: { account_type: 'iam' },
      skipped: [at('type')],
    });
  });

  test('asks when what is known is none of the answers', () => {
    expect(arrive(all, at('type'), { account_type: 'federated' }).position).toEqual(at('type'));
  });

  test('asks when the slot is known by its name only', () => {
    expect(arrive(all, at('type'), { account_type: '' }).position).toEqual(at('type'));
  });

  test('notes what an answer sets on the way, and uses it at once', () => {
    const { position, slots } = arrive(all, at('page'), { page: 'id' });
    expect(position).toEqual(at('iam/do'));
    expect(slots).toEqual({ page: 'id', account_type: 'iam' });
  });

  test('an answer may send on with a fact and still meet the next question', () => {
    const { position, slots } = arrive(all, at('type'), { account_type: 'unsure' });
    expect(position).toEqual(at('page'));
    expect(slots.guessed).toBe('yes');
  });

  test('known facts lead past a told step', () => {
    expect(arrive(all, at('iam/do'), { only_admin: 'yes' }).position).toEqual(at('iam/alone'));
  });

  test('all facts of an `instead` must hold', () => {
    expect(arrive(all, at('iam/do'), { error: 'denied' }).position).toEqual(at('iam/do'));
    expect(arrive(all, at('iam/do'), { error: 'denied', mfa: 'app' }).position).toEqual(at('iam/denied'));
  });

  test('the first `instead` that holds decides', () => {
    expect(arrive(all, at('iam/do'), { only_admin: 'yes', error: 'denied', mfa: 'app' }).position).toEqual(
      at('iam/alone'),
    );
  });

  test.each([
    ['questions', 'one', { a: 'x', b: 'y' }],
    ['told steps', 'told/one', { a: 'x' }],
  ])('refuses a circle of %s instead of running for ever', (_what, step, slots) => {
    expect(() => arrive(all, at(step, 'mfa-enable'), slots)).toThrow(NavigationError);
  });

  test('does not change the slots it was given', () => {
    const slots = Object.freeze({ page: 'id' });
    arrive(all, at('page'), slots);
    expect(slots).toEqual({ page: 'id' });
  });
});

describe('follow', () => {
  test('goes to a step of the same scenario', () => {
    expect(follow(all, at('type'), 'root/do', {}).position).toEqual(at('root/do'));
  });

  test('hands over to another scenario, whose known questions are passed too', () => {
    const { position, skipped } = follow(all, at('root/do'), { go: 'support.contact' }, { account_type: 'root' });
    expect(position).toEqual(at('form', 'support-contact'));
    expect(skipped).toEqual([at('who', 'support-contact')]);
  });

  test('takes along the facts of a target', () => {
    const { position, slots } = follow(
      all,
      at('root/do'),
      { go: 'support.contact', set: { account_type: 'iam' } },
      { account_type: 'root' },
    );
    expect(position).toEqual(at('admin', 'support-contact'));
    expect(slots.account_type).toBe('iam');
  });

  test('refuses a scenario that does not exist', () => {
    expect(() => follow(all, at('type'), { go: 'no.such' }, {})).toThrow(/no scenario for the intent no\.such/);
  });

  test('refuses a step that does not exist', () => {
    expect(() => follow(all, at('type'), 'gone', {})).toThrow(/no step mfa-lost\/gone/);
  });
});

describe('places', () => {
  test('a step is called by its scenario and its name', () => {
    expect(stepName(at('root/do'))).toBe('mfa-lost/root/do');
  });

  test('the start of an intent is its scenario’s start', () => {
    expect(startOf(all, 'mfa.lost')).toEqual(at('type'));
  });

  test.each([at('gone'), at('type', 'gone')])('%j is refused', (position) => {
    expect(() => stepAt(all, position)).toThrow(NavigationError);
  });
});
