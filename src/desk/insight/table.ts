import { el } from '../dom.js';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => string | number | Node;
  /** Numbers stand on the right. */
  isNumber?: boolean;
}

/** The same that a picture shows, for whoever reads it otherwise; folded away where the picture is enough. */
export function tableOf<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement {
  const side = ({ isNumber }: Column<Row>) => (isNumber ? { class: 'number' } : {});
  const text = (value: string | number | Node) => (typeof value === 'number' ? value.toLocaleString('en') : value);
  const body = rows.map((row) =>
    el(
      'tr',
      {},
      ...columns.map((column, index) =>
        index === 0
          ? el('th', { scope: 'row' }, text(column.cell(row)))
          : el('td', side(column), text(column.cell(row))),
      ),
    ),
  );
  const table = el(
    'table',
    {},
    el('caption', { class: 'hidden' }, caption),
    el('thead', {}, el('tr', {}, ...columns.map((column) => el('th', { scope: 'col', ...side(column) }, column.head)))),
    el('tbody', {}, ...body),
  );
  return el('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': caption }, table);
}

export function folded(summary: string, ...content: Node[]): HTMLDetailsElement {
  return el('details', { class: 'fold-table' }, el('summary', {}, summary), ...content);
}
