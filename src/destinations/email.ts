import { createHash } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { replyText } from '../core/message';
import { type Delivery, type Destination, type Post, ticketSubject } from '../core/ports';
import { isClosed, type TicketState } from '../core/ticket';
import type { TicketView } from '../core/ticket-view';
import { type DestinationParts, idOf, oneLine, type Ping, readable, type ThreadWords } from './parts';

export interface MailSettings {
  /** `smtps://user:password@host` or `smtp://host:587`. */
  url: string;
  from: string;
}

/** Shorter than the outbox's lease, so that a try has ended before another may begin. */
const timeoutMs = 8_000;

/**
 * Tickets by e-mail: one when somebody is needed, and one in the same thread when somebody took it, gave it back or ended
 * it, so that nobody begins what is being done. A mail whose answer was lost is sent again under the same Message-ID.
 */
export class EmailDestination implements Destination {
  private readonly transport: Transporter;

  constructor(
    private readonly settings: MailSettings,
    private readonly parts: DestinationParts,
  ) {
    this.transport = createTransport(transportOptions(settings.url));
  }

  async ping({ destination, ticket }: Ping, key: string): Promise<Delivery> {
    const known = await this.parts.ticket(ticket, destination);
    if (!known) return { kind: 'sent' };
    const { view, text } = known;
    const subject = ticketSubject(ticket, destination);
    const [post] = await this.parts.memory.posts(subject);
    if (post && (post.version >= view.version || post.ref.state === groupOf(view.state))) return { kind: 'sent' };
    if (!post && isClosed(view.state)) return { kind: 'sent' };
    const words = post ? changed(view) : `${text}\n\n${howToAct}`;
    return this.send(idOf(destination), view, words, key, post, {
      subject,
      id: post?.id ?? this.messageId(key),
      ref: { state: groupOf(view.state) },
      version: view.version,
    });
  }

  /** Words of the employee, and reminders. What is changed or taken back later cannot be followed in a mail. */
  async thread({ destination, ticket, what, line }: ThreadWords, key: string): Promise<Delivery> {
    const known = what === 'new' ? await this.parts.ticket(ticket, destination) : null;
    if (!known) return { kind: 'sent' };
    const [post] = await this.parts.memory.posts(ticketSubject(ticket, destination));
    const files = line.from === 'person' && line.files.length > 0 ? ` (files: ${line.files.join(', ')})` : '';
    const words = line.from === 'person' ? `${line.name} wrote: ${line.text}${files}` : replyText(line.say);
    return this.send(idOf(destination), known.view, words, key, post, null);
  }

  /** Resolves when the server takes mail from us. */
  async verify(): Promise<void> {
    await this.transport.verify();
  }

  close(): void {
    this.transport.close();
  }

  private async send(
    to: string,
    view: TicketView,
    words: string,
    key: string,
    first: Post | undefined,
    keep: Post | null,
  ): Promise<Delivery> {
    const { mask, memory } = this.parts;
    try {
      await this.transport.sendMail({
        from: this.settings.from,
        // As an object, so that a comma in an address makes no second one.
        to: { name: '', address: to },
        subject: oneLine(`[${view.number}] ${view.urgent ? 'URGENT: ' : ''}${view.title}`, mask),
        text: readable(words, mask),
        messageId: this.messageId(key),
        ...(first ? { inReplyTo: first.id, references: [first.id] } : {}),
        // So that no out-of-office message answers.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        priority: view.urgent ? 'high' : 'normal',
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      return failureOf(error);
    }
    if (keep) await memory.savePost(keep);
    return { kind: 'sent' };
  }

  private messageId(key: string): string {
    const domain = /@([^@\s>]+)>?\s*$/.exec(this.settings.from)?.[1] ?? 'helpdesk.invalid';
    return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
  }
}

const howToAct = 'Claim and answer this in the chat or on the web desk. An answer to this mail reaches nobody.';

/** Changes within a group are no news for a mailbox. */
function groupOf(state: TicketState): string {
  if (isClosed(state)) return 'closed';
  return state === 'open' ? 'open' : 'taken';
}

const changed = ({ number, stateText }: TicketView): string => `${number}: ${stateText}.`;

/** Encrypted wherever the line leaves this machine, unless `?tls=optional` says that the network is trusted. */
export function transportOptions(address: string) {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !here && url.searchParams.get('tls') !== 'optional',
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  };
}

/** For good only where the server says that this mail or this address will never do; all else may be mended. */
function failureOf(error: unknown): Delivery {
  const { code = '', responseCode, message } = error as { code?: string; responseCode?: number; message: string };
  const said = responseCode === undefined ? message : `the mail server answers ${responseCode}`;
  return (responseCode ?? 0) >= 500 && ['EENVELOPE', 'EMESSAGE'].includes(code)
    ? { kind: 'permanent', error: said }
    : { kind: 'temporary', error: said };
}
