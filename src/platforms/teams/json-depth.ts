/** Deeper than any activity with its cards. */
const MAX_DEPTH = 64;

enum Byte {
  Quote = 0x22,
  Backslash = 0x5c,
  OpenBracket = 0x5b,
  CloseBracket = 0x5d,
  OpenBrace = 0x7b,
  CloseBrace = 0x7d,
}

/**
 * Whether JSON is nested deeper than anything Teams sends. Looked at before it is parsed: a few kilobytes of brackets
 * make a value that exhausts the stack of whatever walks through it later.
 */
export function isTooDeep(json: Uint8Array, limit = MAX_DEPTH): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inText) {
      if (byte === Byte.Backslash) at++;
      else if (byte === Byte.Quote) inText = false;
    } else if (byte === Byte.Quote) inText = true;
    else if (byte === Byte.OpenBrace || byte === Byte.OpenBracket) {
      depth++;
      if (depth > limit) return true;
    } else if (byte === Byte.CloseBrace || byte === Byte.CloseBracket) depth--;
  }
  return false;
}
