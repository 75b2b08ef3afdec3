import type { TicketDetails } from '../src/core/ticket';

/** A ticket like any other. */
export const details: TicketDetails = {
  person: { id: 'ada', name: 'Ada', member: true },
  platform: 'web',
  intent: 'mfa.lost',
  title: 'Lost or broken MFA device',
  severity: 'normal',
  slots: {},
  words: [],
  tried: [],
  rules: [],
  guide: null,
  follows: null,
};
