/**
 * Words of people are data. In a TextRun neither Markdown nor HTML nor mentions mean anything, but three things still
 * do: `{{DATE(…)}}` functions, control characters (bidirectional overrides reorder what stands around them), and sheer
 * length. This module takes their power away and leaves the words readable.
 */

const WORD_JOINER = '\u2060';

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const loneSurrogate = /\p{Surrogate}/gu;
const pairedBrace = /\{(?=\{)/g;

export function inert(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(control, '')
    .replace(bidirectional, '')
    .replace(loneSurrogate, '\ufffd')
    .replace(pairedBrace, `{${WORD_JOINER}`);
}

/** Cuts with a marker that says how much is missing. Never longer than `limit`, never half a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const marker = (left: number) => ` … (${left.toLocaleString('en')} characters left out)`;
  let end = Math.max(0, limit - marker(text.length).length);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end).trimEnd() + marker(text.length - end);
}

/** At most `limit` items, the rest counted in a last one. */
export function firstOf<T>(items: readonly T[], limit: number, more: (left: number) => T): T[] {
  if (items.length <= limit) return [...items];
  return [...items.slice(0, limit), more(items.length - limit)];
}

/** The address if it is an https one without credentials; otherwise null, and there is no link. */
export function httpsOnly(url: string, maxLength: number): string | null {
  if (url.length > maxLength || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' && !parsed.username && !parsed.password ? parsed.href : null;
}
