import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A case as AWS Support keeps it. */
export interface FakeCase {
  caseId: string;
  displayId: string;
  subject: string;
  timeCreated: string;
  asked: Record<string, unknown>;
}

/** What befalls the next call. `lose`: it is done, and the answer never arrives. */
export type SupportFault = { refuse: string; status?: number } | 'lose' | 'cut';

/** AWS Support's API on a port of this machine: the protocol of the service, without a check of signatures. */
export class FakeAwsSupport {
  readonly cases: FakeCase[] = [];
  /** Names of the calls in order. */
  readonly calls: string[] = [];
  readonly faults: SupportFault[] = [];
  /** Cases a page. */
  pageSize = 2;
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target'] ?? '').replace('AWSSupport_20130415.', '');
      const signed = /^AWS4-HMAC-SHA256 Credential=\S+\/us-east-1\/support\/aws4_request/.test(
        request.headers.authorization ?? '',
      );
      this.calls.push(target);
      if (!signed) return this.refuse(response, 'MissingAuthenticationTokenException', 400);
      this.answer(target, JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}'), response);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(target: string, input: Record<string, unknown>, response: ServerResponse): void {
    const fault = this.faults.shift();
    if (fault === 'cut') return void response.destroy();
    if (fault && fault !== 'lose') return this.refuse(response, fault.refuse, fault.status ?? 400);
    const result = this.perform(target, input);
    if (fault === 'lose') return void response.destroy();
    if (result === null) return this.refuse(response, 'UnknownOperationException', 400);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(result));
  }

  private perform(target: string, input: Record<string, unknown>): object | null {
    if (target === 'CreateCase') {
      const number = this.cases.length + 1;
      const made: FakeCase = {
        caseId: `case-123456789012-muen-2026-${number}`,
        displayId: String(1_000_000 + number),
        subject: String(input.subject),
        timeCreated: '2026-12-01T10:00:00.000Z',
        asked: input,
      };
      this.cases.push(made);
      return { caseId: made.caseId };
    }
    if (target === 'DescribeCases') {
      const from = Number(input.nextToken ?? 0);
      const page = this.cases.slice(from, from + this.pageSize).map(({ asked: _, ...one }) => one);
      const next = from + this.pageSize;
      return { cases: page, ...(next < this.cases.length ? { nextToken: String(next) } : {}) };
    }
    if (target === 'DescribeServices')
      return {
        services: [
          { code: 'account-management', name: 'Account', categories: [{ code: 'sign-in', name: 'Sign-in' }] },
          { code: 'billing', name: 'Billing', categories: [{ code: 'other', name: 'Other' }] },
        ],
      };
    return null;
  }

  private refuse(response: ServerResponse, type: string, status: number): void {
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify({ __type: type, message: `${type} by the fake` }));
  }
}
