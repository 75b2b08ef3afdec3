import { csvOf } from '../../../src/insight/csv';

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines', 7, null]])).toBe('\uFEFF"a,b","say ""no""","two\nlines",7,\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\u00a0=1', '|cmd', '%0a', '＝1', '\u0000=1'])(
  'a spreadsheet takes %j for no formula',
  (text) => {
    const cell = csvOf([[text]])
      .slice(1)
      .replace(/^"/, '');
    expect(cell.startsWith("'")).toBe(true);
  },
);

test('numbers stay numbers, negative ones too', () => {
  expect(csvOf([[-3, 0.5]])).toBe('\uFEFF-3,0.5\r\n');
});
