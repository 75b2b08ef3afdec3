const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bhttps?:\/\/\S+/gi, '[address]'],
  [/[^\s<>@,;:]+@[^\s<>@,;:]+\.[a-z]{2,}/gi, '[e-mail]'],
  [/(?<![\w-])\d{4}[- ]?\d{4}[- ]?\d{4}(?![\w-])/g, '[account]'],
  [/(?<!\w)\+?\d[\d ()/.-]{6,}\d(?!\w)/g, '[number]'],
  [/(?<=^|\s)@[\w.-]+/g, '[name]'],
  [/<[@#!][^>]*>/g, '[name]'],
];

/** Words kept to learn from say what a problem is, and nothing that points to a person, an account or an address. */
export const impersonal = (text: string): string =>
  patterns
    .reduce((left, [pattern, mark]) => left.replace(pattern, mark), text)
    .replace(/\s+/g, ' ')
    .trim();

/** What is left between the marks, as the person wrote it. */
export const partsOfImpersonal = (text: string): string[] =>
  text
    .split(/\[(?:address|e-mail|account|number|name)\]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
