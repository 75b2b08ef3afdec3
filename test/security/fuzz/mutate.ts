type Random = () => number;

/** Bytes that parsers stumble over: ends of things, signs of JSON, halves of characters, numbers at their edges. */
const hostile = [
  '',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  '9007199254740993',
  '""',
  '{}',
  '[]',
  '\u0000',
  '\ud800',
  '\u2028',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  '<',
  '>',
  '<@',
  '<!',
  '|',
  '&amp;',
  '<at>',
  '</at>',
  '%',
  '%00',
  '../',
  '://',
  '@',
  '#',
  '?',
  '=',
  ';',
  '\r\n',
  '\t',
  'A'.repeat(300),
  '1'.repeat(400),
  'eyJ',
  'Bearer ',
  'AKIA',
  'otpauth://',
  '-----BEGIN RSA PRIVATE KEY-----',
  'password is ',
  'xoxb-',
  'https://',
  '4111 1111 1111 1111',
  '🔑',
  '[removed: code]',
].map((text) => Buffer.from(text));

/** A few changes to a valid input: bytes flipped, taken out, doubled, or replaced by what hurts. */
export function mutate(seed: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(seed);
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * (bytes.length + 1));
    const end = Math.min(bytes.length, at + Math.floor(random() * 12));
    const kind = Math.floor(random() * 5);
    if (kind === 0 && bytes.length > 0) {
      const place = Math.min(at, bytes.length - 1);
      bytes[place] = bytes[place]! ^ (1 << Math.floor(random() * 8));
    } else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    else {
      const piece = hostile[Math.floor(random() * hostile.length)]!;
      bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(kind === 3 ? at : end)]);
    }
  }
  return bytes.length > 20_000 ? bytes.subarray(0, 20_000) : bytes;
}
