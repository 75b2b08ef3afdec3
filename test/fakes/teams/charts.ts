import { isRecord } from './card-json';

/**
 * Charts are Teams' own addition to cards (learn.microsoft.com, "Charts in Adaptive Cards"); clients that do not know
 * them show the element's fallback. So a chart is judged by what is documented, and its fallback by the schema.
 */
const properties = new Set([
  'type',
  'title',
  'data',
  'fallback',
  'xAxisTitle',
  'yAxisTitle',
  'color',
  'colorSet',
  'spacing',
]);
const isChart = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && value.type === 'Chart.VerticalBar';

/** The card as a client without charts shows it. */
export function withoutCharts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCharts);
  if (!isRecord(value)) return value;
  if (isChart(value)) return withoutCharts(value.fallback);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCharts(item)]));
}

export function chartFaults(value: unknown, path = 'card'): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => chartFaults(item, `${path}/${index}`));
  if (!isRecord(value)) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => chartFaults(item, `${path}/${key}`));
  if (!isChart(value)) return inside;
  const { data, fallback, title } = value;
  return [
    ...inside,
    ...Object.keys(value).flatMap((key) => (properties.has(key) ? [] : [`${path}: has no property “${key}”`])),
    ...(isRecord(fallback) ? [] : [`${path}: a chart without a fallback is a gap in clients that draw none`]),
    ...(title === undefined || typeof title === 'string' ? [] : [`${path}: its title is no text`]),
    ...(Array.isArray(data) && data.length > 0 ? [] : [`${path}: a chart without data`]),
    ...(Array.isArray(data) ? data : []).flatMap((point, index) =>
      isRecord(point) && ['string', 'number'].includes(typeof point.x) && Number.isFinite(point.y)
        ? []
        : [`${path}/data/${index}: needs x and a number y`],
    ),
  ];
}
