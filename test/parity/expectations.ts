import assert from 'node:assert/strict';
import type { Exchange, Shown, Stage } from './stage';

/** What behaviours expect, in words. Every failure tells what was seen instead. */

/** The answers by name, as the content has them. */
export const answersWith = (exchange: Exchange, ...names: string[]): void =>
  assert.deepEqual([...exchange.names], names, `answered with ${exchange.names.join(', ') || 'silence'}`);

/** Nothing was said in that place, and nothing that stood there changed its words. */
export function isSilent(exchange: Exchange): void {
  answersWith(exchange);
  assert.deepEqual(
    exchange.news.map(({ text }) => text),
    [],
    'something was said',
  );
}

const textOf = (seen: Shown | string): string => (typeof seen === 'string' ? seen : seen.text);

export function reads(seen: Shown | string, ...words: string[]): void {
  for (const one of words)
    assert.ok(textOf(seen).includes(one), `does not say “${one}” but “${textOf(seen).slice(0, 1_500)}”`);
}
export function neverReads(seen: Shown | string, ...words: string[]): void {
  for (const one of words) assert.ok(!textOf(seen).includes(one), `says “${one}”: “${textOf(seen).slice(0, 1_500)}”`);
}

const idsOf = ({ buttons }: Pick<Shown, 'buttons'>): string[] => buttons.map(({ id }) => id);

export function offers(seen: Pick<Shown, 'buttons'>, ...ids: string[]): void {
  for (const id of ids)
    assert.ok(idsOf(seen).includes(id), `offers no ${id}, only ${idsOf(seen).join(', ') || 'nothing'}`);
}
export function neverOffers(seen: Pick<Shown, 'buttons'>, ...ids: string[]): void {
  for (const id of ids) assert.ok(!idsOf(seen).includes(id), `offers ${id}`);
}
export const isDead = (seen: Pick<Shown, 'buttons'>): void =>
  assert.deepEqual(idsOf(seen), [], 'its buttons are alive');

/** Messages whose buttons can be pressed. */
export const alive = (messages: readonly Shown[]): Shown[] => messages.filter(({ buttons }) => buttons.length > 0);

/** Whoever did it was told this alone; such a word may come a moment later than all else. */
export async function toldAlone(s: Stage, exchange: Exchange, ...words: string[]): Promise<void> {
  await s.until(() => exchange.alone.length > 0, 'a word to one person alone');
  reads(exchange.alone.join('\n'), ...words);
}

/** The one thing there is; fails when there are none or several. */
export function only<T>(things: readonly T[], what: string): T {
  assert.equal(things.length, 1, `there are ${things.length} ${what}`);
  return things[0]!;
}

export function last<T>(things: readonly T[], what: string): T {
  const found = things.at(-1);
  assert.ok(found !== undefined, `there is no ${what}`);
  return found;
}
