import { INCOMING_TEXT } from './limits';

/**
 * What a person typed, as they read it themselves. Slack passes text on with three characters escaped and everything
 * special in angle brackets: mentions, links, dates. The bot's own name is dropped, it is not part of what is said.
 */
export function readText(text: string, botUser: string | null): string {
  return unescaped(
    text.slice(0, INCOMING_TEXT).replace(/<([^<>]*)>/g, (_whole, inside: string) => reference(inside, botUser)),
  )
    .replace(/[^\S\n]{2,}/g, ' ')
    .trim();
}

export const mentions = (text: string, botUser: string | null): boolean =>
  botUser !== null && new RegExp(`<@${botUser}(?:\\|[^<>]*)?>`).test(text);

function reference(inside: string, botUser: string | null): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (target.startsWith('@')) return target.slice(1) === botUser ? '' : `@${label || 'somebody'}`;
  if (target.startsWith('#')) return `#${label || 'channel'}`;
  if (target.startsWith('!')) return label || `@${target.slice(1).replace(/^subteam\^.*/, 'group')}`;
  const address = target.replace(/^mailto:/, '');
  // Slack makes links of what looks like one: `example.com` comes as <http://example.com|example.com>.
  return !label || address.endsWith(label) ? label || address : `${label} (${address})`;
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
