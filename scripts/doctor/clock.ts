import { check } from './check';

/** Signed requests are refused when they seem older than five minutes, so two apart are worth a word. */
const toleratedMs = 2 * 60_000;

/** Whether this machine's clock agrees with those of the platforms that were asked so far. */
export const clock = check(
  'clock',
  {
    'clock-skewed': {
      kind: 'fault',
      fault: 'This machine’s clock is wrong:',
      remedy:
        'Set it by network time (timedatectl set-ntp true; on a virtual machine, the host’s clock). From five minutes on, every request of the platforms is refused.',
    },
  },
  ({ network }, report) => {
    const readings = [...network.clockReadings].sort((a, b) => Math.abs(b.behindMs) - Math.abs(a.behindMs));
    const worst = readings[0];
    if (!worst) return;
    const seconds = Math.round(Math.abs(worst.behindMs) / 1000);
    if (Math.abs(worst.behindMs) <= toleratedMs) return report.ok(`agrees with ${worst.host}`);
    const duration = seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
    report.found('clock-skewed', `it is ${duration} ${worst.behindMs > 0 ? 'behind' : 'ahead of'} ${worst.host}.`);
  },
);
