import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { el } from '../dom.js';

Chart.register(
  ...[
    BarController,
    BarElement,
    CategoryScale,
    Legend,
    LinearScale,
    LineController,
    LineElement,
    PointElement,
    Tooltip,
  ],
);

/** Colours by what they mean, as the style sheet names them. */
export type Colour = 'accent' | 'admin' | 'bad' | 'warn' | 'line-strong';

export interface Series {
  label: string;
  colour: Colour;
  values: readonly (number | null)[];
  /** Drawn with dashes, so that lines differ by more than colour. */
  isDashed?: boolean;
}

export interface ChartOptions {
  kind: 'bars' | 'lines' | 'lying-bars';
  labels: readonly string[];
  series: readonly Series[];
  /** What a value is called. */
  valueText?: (value: number) => string;
  /** From one mark on the axis to the next; the library's own choice where absent. */
  step?: number;
  /** What the picture shows, for whoever cannot see it. */
  description: string;
}

/** A canvas knows no style sheet: what it needs is asked for at the moment it is drawn. */
function colourOf(name: string): string {
  const probe = el('span', { class: `ink-${name}` });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export class Picture {
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { role: 'img' });
  private chart: Chart | null = null;

  constructor(private readonly options: ChartOptions) {
    this.canvas.setAttribute('aria-label', options.description);
    const lying = options.kind === 'lying-bars';
    const rows = Math.min(14, options.labels.length);
    this.element = el('div', { class: lying ? `picture lying rows-${rows}` : 'picture' }, this.canvas);
  }

  /** Draws it, or draws it again in other colours. */
  draw(): void {
    this.chart?.destroy();
    this.chart = new Chart(this.canvas, this.configuration());
  }

  remove(): void {
    this.chart?.destroy();
    this.element.remove();
  }

  private configuration(): ChartConfiguration {
    const { kind, labels, series, valueText = String, step } = this.options;
    const isLines = kind === 'lines';
    const ink = colourOf('soft');
    const line = colourOf('line');
    const text = { color: ink, font: { family: getComputedStyle(document.body).fontFamily, size: 12 } };
    const values = {
      stacked: !isLines,
      beginAtZero: true,
      grid: { color: line },
      border: { display: false },
      ticks: {
        ...text,
        precision: 0,
        maxTicksLimit: 7,
        ...(step === undefined ? {} : { stepSize: step }),
        callback: (value: string | number) => valueText(Number(value)),
      },
    };
    const names = { stacked: !isLines, grid: { display: false }, border: { color: line }, ticks: text };
    return {
      type: isLines ? 'line' : 'bar',
      data: {
        labels: [...labels],
        datasets: series.map(({ label, colour, values: data, isDashed }) => ({
          label,
          data: [...data],
          backgroundColor: colourOf(colour),
          borderColor: colourOf(colour),
          ...(isLines
            ? { borderWidth: 2.5, pointRadius: 4, spanGaps: true, borderDash: isDashed ? [6, 4] : [] }
            : { borderRadius: 3, maxBarThickness: 34 }),
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: kind === 'lying-bars' ? 'y' : 'x',
        interaction: { mode: 'index', intersect: false, axis: kind === 'lying-bars' ? 'y' : 'x' },
        scales: kind === 'lying-bars' ? { x: values, y: names } : { x: names, y: values },
        plugins: {
          legend: { position: 'bottom', labels: { ...text, boxWidth: 12, boxHeight: 12, padding: 14 } },
          tooltip: {
            callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${valueText(Number(raw))}` },
          },
        },
      },
    };
  }
}
