import type { CreateCaseCommandInput, SupportClient } from '@aws-sdk/client-support';
import { type Delivery, type Destination, ticketSubject } from '../core/ports';
import { isClosed } from '../core/ticket';
import type { TicketView } from '../core/ticket-view';
import { type DestinationParts, idOf, oneLine, type Ping, readable } from './parts';

/** How one destination files its cases; what is absent is left to AWS. */
export interface CaseFiling {
  service?: string | undefined;
  category?: string | undefined;
  severity?: string | undefined;
  issue_type: 'customer-service' | 'technical';
  language: 'en' | 'ja' | 'zh' | 'ko';
}

/** What the environment says under AWS’s own names; everything else the SDK finds by itself: profiles, roles. */
export interface AwsAccess {
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export function awsAccessOf(env: Readonly<Record<string, string | undefined>>): AwsAccess {
  const { AWS_ENDPOINT_URL_SUPPORT: endpoint, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
  const token = env.AWS_SESSION_TOKEN;
  return {
    ...(endpoint ? { endpoint } : {}),
    ...(id && secret
      ? { credentials: { accessKeyId: id, secretAccessKey: secret, ...(token ? { sessionToken: token } : {}) } }
      : {}),
  };
}

/** The API answers in this region for the whole of the commercial cloud. */
const supportRegion = 'us-east-1';
const timeoutMs = 10_000;
const longestBody = 8_000;
/** A case that was opened for a try whose answer was lost is looked for this far back before the ticket. */
const slackMs = 10 * 60_000;

/**
 * Opens a case with AWS Support. The API knows no idempotency key, so a second try looks first whether a case with the
 * ticket's number is there. The SDK is loaded with the first case: most companies never open one this way.
 */
export class AwsSupportDestination implements Destination {
  private client: Promise<{ sdk: typeof import('@aws-sdk/client-support'); client: SupportClient }> | null = null;

  /** @param filings by the name of their destination */
  constructor(
    private readonly filings: ReadonlyMap<string, CaseFiling>,
    private readonly parts: DestinationParts,
    private readonly onOpened: (ticket: string, caseId: string) => void = () => {},
    private readonly access: AwsAccess = {},
  ) {}

  async ping({ destination, ticket }: Ping, _key: string, attempt: number): Promise<Delivery> {
    const filing = this.filings.get(idOf(destination));
    if (!filing) return { kind: 'permanent', error: `there is no destination ${destination}` };
    const subject = ticketSubject(ticket, destination);
    const [post] = await this.parts.memory.posts(subject);
    const known = post ? null : await this.parts.ticket(ticket);
    // A case is never changed or closed from here: that is a matter between the owner and AWS.
    if (!known || isClosed(known.view.state)) return { kind: 'sent' };
    try {
      const found = attempt > 1 ? await this.find(known.view) : null;
      const caseId = found ?? (await this.open(known.view, filing));
      await this.parts.memory.savePost({ subject, id: caseId, ref: {}, version: known.view.version });
      this.onOpened(known.view.number, caseId);
      return { kind: 'sent' };
    } catch (error) {
      return failureOf(error);
    }
  }

  /** Codes that the plan knows, and nothing is opened. Throws as AWS refuses. */
  async services(): Promise<{ code: string; categories: string[] }[]> {
    const { sdk, client } = await this.load();
    const { services = [] } = await client.send(new sdk.DescribeServicesCommand({ language: 'en' }), limited());
    return services.map(({ code = '', categories = [] }) => ({
      code,
      categories: categories.map((one) => one.code ?? ''),
    }));
  }

  private async open(view: TicketView, filing: CaseFiling): Promise<string> {
    const { sdk, client } = await this.load();
    const { caseId } = await client.send(new sdk.CreateCaseCommand(this.caseOf(view, filing)), limited());
    if (!caseId) throw new Error('AWS Support opened no case and did not say why');
    return caseId;
  }

  private async find({ number, createdAt }: TicketView): Promise<string | null> {
    const { sdk, client } = await this.load();
    const pages = sdk.paginateDescribeCases(
      { client, pageSize: 100 },
      {
        afterTime: new Date(createdAt - slackMs).toISOString(),
        includeResolvedCases: true,
        includeCommunications: false,
      },
      limited(),
    );
    for await (const { cases = [] } of pages)
      for (const { subject, caseId } of cases) if (caseId && subject?.startsWith(`[${number}]`)) return caseId;
    return null;
  }

  /** What AWS needs to know and nothing of who asked: names and chat accounts are the company's own affair. */
  private caseOf(view: TicketView, filing: CaseFiling): CreateCaseCommandInput {
    const { mask } = this.parts;
    const list = (title: string, items: readonly string[]) =>
      items.length > 0 ? [`${title}:`, ...items.map((item) => `- ${oneLine(item, mask)}`)] : [];
    const body = [
      `We need help with sign-in to AWS: ${view.title}.`,
      ...view.facts.map(({ label, value }) => `${label}: ${oneLine(value, mask)}`),
      ...list('What was seen', view.words),
      ...list('Tried already', view.tried),
      `Our reference: ${view.number}`,
    ].join('\n');
    return {
      subject: oneLine(`[${view.number}] ${view.title}`, mask).slice(0, 200),
      communicationBody: readable(body, mask).slice(0, longestBody),
      issueType: filing.issue_type,
      language: filing.language,
      ...(filing.service === undefined ? {} : { serviceCode: filing.service }),
      ...(filing.category === undefined ? {} : { categoryCode: filing.category }),
      ...(filing.severity === undefined ? {} : { severityCode: filing.severity }),
    };
  }

  private load() {
    this.client ??= import('@aws-sdk/client-support').then((sdk) => ({
      sdk,
      // One try: the SDK’s own second one could open a second case, and the outbox tries again with a look before.
      client: new sdk.SupportClient({ region: supportRegion, maxAttempts: 1, ...this.access }),
    }));
    return this.client;
  }
}

const limited = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

/** What AWS refuses for good, and what to do about it. */
const refusals: Record<string, string> = {
  SubscriptionRequiredException:
    'the support plan of this AWS account has no API; open the case in the console, or choose a plan that has one',
  AccessDeniedException:
    'the AWS identity of this service may not open cases; attach manifests/aws-support-policy.json to it',
  UnrecognizedClientException: 'AWS does not know the credentials of this service',
  InvalidSignatureException: 'AWS refuses the signature: the secret key or the clock of this machine is wrong',
  ValidationException: 'AWS refuses the case: service, category or severity are not known to the plan',
  ValidationError: 'AWS refuses the case: service, category or severity are not known to the plan',
};

export function failureOf(error: unknown): Delivery {
  const { name, message } = error as Error;
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : undefined;
  return refusal === undefined
    ? { kind: 'temporary', error: `AWS Support: ${name}: ${message}` }
    : { kind: 'permanent', error: `${refusal} (${name})` };
}
