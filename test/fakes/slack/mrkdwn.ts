/**
 * The rules for text that Slack reads as markup. Slack itself takes nearly anything; what slips through pings a whole
 * channel or hides half a sentence, so here everything that is not plainly meant is a fault.
 */

/** What may be mentioned: `U…`, `#C…`, `!subteam^S…`, `!here`, `!channel`, `!everyone`. */
export type Mentions = ReadonlySet<string>;

const link = /^(https?:\/\/[^\s|<>]+|mailto:[^\s|<>@]+@[^\s|<>]+|tel:[+\d-]+)(\|[^|<>\n]+)?$/;
const user = /^@([UW][A-Z0-9]+)(\|[^|<>\n]*)?$/;
const channel = /^(#C[A-Z0-9]+)(\|[^|<>\n]*)?$/;
const group = /^(!subteam\^S[A-Z0-9]+)(\|[^|<>\n]*)?$/;
const everyone = /^(!(?:here|channel|everyone))(\|[^|<>\n]*)?$/;
const date = /^!date\^\d+\^[^|<>^]+(\^https?:\/\/[^|<>^\s]+)?\|[^|<>]+$/;

function sequenceFault(inside: string, allowed: Mentions): string | undefined {
  if (link.test(inside) || date.test(inside)) return undefined;
  const mention = [user, channel, group, everyone].map((kind) => kind.exec(inside)?.[1]).find(Boolean);
  if (mention) return allowed.has(mention) ? undefined : `unknown mention <${inside}>`;
  return `<${inside}> is neither a link nor a mention`;
}

/** What is wrong with a text that goes out as markup; empty when nothing is. */
export function mrkdwnFaults(text: string, allowed: Mentions): string[] {
  const faults: string[] = [];
  const around = (at: number): string => JSON.stringify(text.slice(Math.max(0, at - 10), at + 15));
  const rest = text.replace(/<([^<>]*)>/g, (whole, inside: string) => {
    const fault = sequenceFault(inside, allowed);
    if (fault) faults.push(fault);
    // A link's own address may hold a bare & (Slack takes both); the label may not.
    const bar = inside.indexOf('|');
    return ' '.repeat(bar < 0 ? whole.length : bar + 2) + (bar < 0 ? '' : `${inside.slice(bar + 1)} `);
  });
  for (const { 0: found, index } of rest.matchAll(/[<>]|&(?!(?:amp|lt|gt);)/g))
    faults.push(`unescaped ${found} in ${around(index)}`);
  return faults;
}

/** How Slack passes on what a person typed: escaped, with addresses made links. Mentions may be typed as `<@U…>`. */
export function asTyped(text: string): string {
  const kept: string[] = [];
  const keep = (it: string): string => `\ue000${kept.push(it) - 1}\ue000`;
  return text
    .replace(/<(?:[@#]|!subteam\^)[A-Z0-9]+(?:\|[^<>]*)?>/g, keep)
    .replace(/[&<>]/g, (it) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[it] ?? it)
    .replace(/\bhttps?:\/\/[^\s\ue000]*[^\s\ue000.,;:!?)]/g, (url) => keep(`<${url}>`))
    .replace(/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, (mail) => keep(`<mailto:${mail}|${mail}>`))
    .replace(/\b(?:[\w-]+\.)+(?:com|org|net|io|dev|example)\b(?:\/[^\s\ue000]*)?/g, (url) =>
      keep(`<http://${url}|${url}>`),
    )
    .replace(/\ue000(\d+)\ue000/g, (_, at: string) => kept[Number(at)] ?? '');
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
export const unescaped = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (it) => entities[it] ?? it);

/** Links of a text in their order, label as read. */
export const linksOf = (text: string): { label: string; url: string }[] =>
  [...text.matchAll(/<((?:https?|mailto|tel):[^|<>]+)(?:\|([^<>]*))?>/g)].map(([, url = '', label]) => ({
    url: unescaped(url),
    label: unescaped(label ?? url),
  }));

/** What a person reads: links by their label, mentions by name, no escapes and no stars. */
export function plain(text: string, nameOf: (id: string) => string = (id) => id): string {
  const read = text
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<[^|<>]+\|([^<>]*)>/g, '$1')
    .replace(/<([^<>]+)>/g, '$1')
    .replace(/(^|[\s(])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s).,:;!?])/gm, '$1$3');
  return unescaped(read);
}
