import { maskSecrets } from '../../src/core/secrets';
import { EmailDestination } from '../../src/destinations';
import { check } from './check';

/** Whether the mail server lets us in; nothing is sent. */
export const mail = check(
  'e-mail',
  {
    'mail-unreachable': {
      kind: 'fault',
      fault: 'The mail server does not take mail from here.',
      remedy:
        'Correct SMTP_URL: smtps://user:password@host, or smtp://host:587, whose server must offer STARTTLS (a relay on a network you trust: ?tls=optional).',
    },
    'mail-absent': {
      kind: 'warning',
      fault: 'The organisation file names e-mail addresses, but no mail server is set up.',
      remedy: 'Set SMTP_URL and MAIL_FROM, and tickets reach people by mail where no chat does.',
    },
  },
  async ({ settings, organization }, report) => {
    if (!settings) return;
    if (!settings.mail) {
      const known = [...Object.values(organization?.destinations ?? {}), ...Object.values(organization?.people ?? {})];
      if (known.some(({ email }) => email !== undefined)) report.found('mail-absent');
      return;
    }
    const parts = {
      memory: { posts: async () => [], savePost: async () => {} },
      ticket: async () => null,
      clock: { now: Date.now },
      mask: maskSecrets,
    };
    const destination = new EmailDestination(settings.mail, parts);
    try {
      await destination.verify();
      report.ok(`${new URL(settings.mail.url).host} takes mail from ${settings.mail.from}`);
    } catch (error) {
      report.found('mail-unreachable', (error as Error).message);
    } finally {
      destination.close();
    }
  },
);
