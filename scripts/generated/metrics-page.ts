import { Registry } from 'prom-client';
import { createMeters } from '../../src/metrics/meters';

interface Meter {
  name: string;
  help: string;
  labelNames: string[];
}

/** `docs/metrics.md`: every figure the bot counts itself. */
export function metricsPage(): string {
  const registry = new Registry();
  createMeters(registry);
  const meters = registry.getMetricsAsArray() as unknown as Meter[];
  const rows = meters.map((meter) => {
    const { name, help, labelNames } = meter;
    const type = meter.constructor.name.toLowerCase();
    const labels = labelNames.filter((label) => label !== 'le').map((label) => `\`${label}\``);
    return `| \`${name}\` | ${type} | ${labels.join(', ') || 'none'} | ${help} |`;
  });
  return `<!-- Generated from src/metrics/meters.ts by \`npm run docs\`; do not edit. -->

# Figures on /metrics

For Prometheus; [alert rules](../deploy/prometheus/alerts.yaml) and a [Grafana dashboard](../deploy/grafana/helpdesk.json)
go with them. Besides these there are those of the process (\`helpdesk_process_…\`, \`helpdesk_nodejs_…\`: processor,
memory, event loop lag, garbage). No label holds an id or a word of a person. What waits and what is open is asked of the
store at each scrape, so every process on one PostgreSQL tells the same: take the \`max\` of it, never the sum.

| Name | Type | Labels | What it is |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
