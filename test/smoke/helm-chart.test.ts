import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readSettings } from '../../src/config';
import { organizationSchema } from '../../src/core/organization';
import { repository } from '../builders/bot';
import { chartFolder, type Manifest, noTemplates, renderChart, type Values, valuesWith } from '../builders/helm';
import { examine, kinds } from '../builders/kubernetes';

/** The chart is rendered by Go's template engine, and what comes out is examined against Kubernetes' own schemas. */
if (noTemplates) process.stderr.write(`${noTemplates}\n`);

const least: Values = { image: { repository: 'registry.example.com/helpdesk' }, secretName: 'helpdesk-secrets' };
const organization = readFileSync(join(repository, 'organization.example.yaml'), 'utf8');
const most: Values = {
  ...least,
  image: { repository: 'registry.example.com/helpdesk', tag: '1.2.3' },
  imagePullSecrets: ['registry'],
  settings: { PUBLIC_URL: 'https://helpdesk.example.com', LOG_LEVEL: 'debug' },
  organization,
  ingress: {
    enabled: true,
    className: 'nginx',
    host: 'helpdesk.example.com',
    tlsSecret: 'helpdesk-tls',
    annotations: { 'cert-manager.io/issuer': 'it says "ours"' },
  },
  podAnnotations: { team: 'it' },
  nodeSelector: { disk: 'ssd' },
};

interface Container {
  image: string;
  env: { name: string; value: string }[];
  envFrom: { secretRef: { name: string } }[];
  [probe: string]: unknown;
}
interface Pod {
  metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  spec: { containers: [Container]; securityContext: object; terminationGracePeriodSeconds: number };
}

const schema = JSON.parse(readFileSync(join(chartFolder, 'values.schema.json'), 'utf8')) as object;
const accepts = (values: Values): boolean => new Ajv({ strict: false }).compile(schema)(valuesWith(values));

(noTemplates ? describe.skip : describe)('the Helm chart', () => {
  const rendered = (values: Values): Map<string, Manifest> =>
    new Map(renderChart(values).map((manifest) => [manifest.kind, manifest]));
  const deployment = (values: Values) =>
    rendered(values).get('Deployment')!.spec as {
      strategy: object;
      replicas: number;
      selector: { matchLabels: Record<string, string> };
      template: Pod;
    };
  const pod = (values: Values): Pod => deployment(values).template;

  test('with the least there can be, Kubernetes accepts it', () => {
    const manifests = renderChart(least);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'PodDisruptionBudget', 'Service']);
    for (const manifest of manifests) examine(manifest);
  });

  test('with everything there can be, Kubernetes accepts it', () => {
    const manifests = renderChart(most);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(Object.keys(kinds).sort());
    for (const manifest of manifests) examine(manifest);
  });

  test('the examination finds what Kubernetes would refuse', () => {
    const manifest = rendered(least).get('Deployment')!;
    const spec = manifest.spec as Record<string, unknown>;
    expect(() => examine({ ...manifest, spec: { ...spec, replica: 2 } })).toThrow(/replica/);
    expect(() => examine({ ...manifest, spec: { ...spec, replicas: 'two' } })).toThrow(/replicas/);
  });

  test('the settings it gives are settings the service takes', () => {
    const [container] = pod(most).spec.containers;
    const given = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    const settings = readSettings({ ...given, DATABASE_URL: 'postgres://a:b@db/helpdesk' });
    expect(settings).toMatchObject({ port: 3978, logLevel: 'debug', publicUrl: 'https://helpdesk.example.com' });
    expect(settings.organizationFile).toBe('/etc/helpdesk/organization.yaml');
    expect(container.image).toBe('registry.example.com/helpdesk:1.2.3');
    expect(pod(least).spec.containers[0].image).toBe('registry.example.com/helpdesk:0.1.0');
  });

  test('the organisation file arrives as it was given, and a new one brings new processes', () => {
    const { data } = rendered(most).get('ConfigMap') as unknown as { data: Record<string, string> };
    expect(data['organization.yaml']).toBe(organization);
    expect(organizationSchema.safeParse(parse(data['organization.yaml']!)).success).toBe(true);
    expect(pod(most).metadata.annotations['aws-signin-helpdesk/organization']).toBe(organization);
  });

  test('secrets come by reference alone', () => {
    const [container] = pod(most).spec.containers;
    expect(container.envFrom).toEqual([{ secretRef: { name: 'helpdesk-secrets' } }]);
    for (const name of ['DATABASE_URL', 'SLACK_BOT_TOKEN', 'TEAMS_APP_PASSWORD', 'OIDC_CLIENT_SECRET', 'SMTP_URL'])
      expect(accepts({ ...least, settings: { [name]: 'a value' } })).toBe(false);
  });

  test('it runs without root rights on a file system it cannot write', () => {
    const { spec } = pod(least);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('an upgrade takes nothing away before there is something new, and leaves time to finish', () => {
    const { strategy, template } = deployment(least);
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    const [{ lifecycle }] = template.spec.containers as unknown as [
      { lifecycle: { preStop: { exec: { command: string[] } } } },
    ];
    const drain = Number(lifecycle.preStop.exec.command[1]);
    expect(drain).toBe(5);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(drain + 10);
  });

  test('everything that is selected is there', () => {
    const all = rendered(least);
    const { labels } = pod(least).metadata;
    const chosen = [
      deployment(least).selector.matchLabels,
      (all.get('Service')!.spec as { selector: Record<string, string> }).selector,
      (all.get('PodDisruptionBudget')!.spec as { selector: { matchLabels: Record<string, string> } }).selector
        .matchLabels,
    ];
    for (const selector of chosen) expect(labels).toMatchObject(selector);
  });

  test('probes ask what the service answers, and only the platforms’ paths are reached from outside', () => {
    const [container] = pod(most).spec.containers;
    const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].map(
      (probe) => (container[probe] as { httpGet: { path: string } }).httpGet.path,
    );
    expect(asked).toEqual(['/healthz', '/healthz', '/readyz']);
    const { rules } = rendered(most).get('Ingress')!.spec as {
      rules: { http: { paths: { path: string; pathType: string }[] } }[];
    };
    expect(rules[0]!.http.paths.map(({ path, pathType }) => `${pathType} ${path}`)).toEqual([
      'Exact /slack/events',
      'Exact /api/messages',
    ]);
  });
});

test.each<[string, Values, boolean]>([
  ['the least there can be', least, true],
  ['everything there can be', most, true],
  ['no image', { secretName: 's' }, false],
  ['no secret', { image: { repository: 'r' } }, false],
  ['an unknown value', { ...least, replica: 2 }, false],
  ['an ingress without a host', { ...least, ingress: { enabled: true } }, false],
])('values with %s', (_what, values, fine) => {
  expect(accepts(values)).toBe(fine);
});

test('chart and package are of one version', () => {
  const chart = parse(readFileSync(join(chartFolder, 'Chart.yaml'), 'utf8')) as { appVersion: string };
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
  expect(chart.appVersion).toBe(version);
});
