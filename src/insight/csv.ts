export type Cell = string | number | null;

/**
 * A table as CSV (RFC 4180, with the mark that makes spreadsheets read UTF-8). What a spreadsheet would take for a formula
 * gets an apostrophe in front: cells may hold words that somebody else chose.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]|^[\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
