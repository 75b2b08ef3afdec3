import { isLoopback } from '../../src/config';
import { check } from './check';
import { below } from './endpoint';

/**
 * Whether strangers get at the web desk, which has no sign-in. It serves this machine alone, but a proxy here that
 * changes the Host header makes everybody look like this machine.
 */
export const openDesk = check(
  'web desk',
  {
    'desk-open': {
      kind: 'fault',
      fault:
        'The web desk is open to everybody who finds PUBLIC_URL: anybody can read tickets and act as an administrator.',
      remedy:
        'Let your proxy pass /slack/events, /api/messages and /healthz alone, and keep the Host header (nginx: proxy_set_header Host $host).',
    },
  },
  async ({ settings, network }, report) => {
    const url = settings?.publicUrl;
    if (!url || isLoopback(new URL(url).hostname)) return;
    const answer = await network.ask(below(url, ''));
    if (answer.kind !== 'answer') return;
    if (answer.status === 200 && answer.text.includes('/desk/main.js'))
      return report.found('desk-open', `It is ${url}.`);
    report.ok('not open to the outside');
  },
);
