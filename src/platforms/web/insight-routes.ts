import express, { type Router } from 'express';
import { z } from 'zod';
import { platforms } from '../../core/message';
import type { WireChange, WireContent, WireGraph, WirePreview, WireReport, WireReview } from '../../desk/insight/wire';
import { BadRequest, MAX_NAME, type Mask, parse } from './parse';

/** What the pages about the bot are told; built where all parts meet. */
export interface InsightDesk {
  report(span: Span): Promise<WireReport>;
  /** One table of the report as CSV. */
  csv(table: Table, span: Span): Promise<string>;
  /** Null: there is no such scenario. */
  graph(scenario: string, span: Span): Promise<WireGraph | null>;
  preview(scenario: string, step: string): WirePreview | null;
  content(): WireContent;
  reload(): Promise<WireContent>;
  review(): Promise<WireReview>;
  judge(judgement: { ids: number[]; intent: string | null; by: string }): Promise<{ judged: number }>;
  /** What teaching all that was given would change, with figures before and after. */
  change(): Promise<WireChange>;
  /** Writes the change into the content. */
  write(): Promise<WireChange>;
  /** The change as a file for `git apply`. */
  patch(): Promise<string>;
}

const tables = ['weeks', 'scenarios', 'steps'] as const;
export type Table = (typeof tables)[number];

const spanQuery = z.object({
  weeks: z.coerce.number().int().min(1).max(53).default(8),
  platform: z.enum(platforms).optional(),
});
export interface Span {
  weeks: number;
  platform: string | null;
}

const stepQuery = z.object({ step: z.string().max(120) });
const judgement = z.strictObject({
  ids: z.array(z.number().int().positive()).min(1).max(500),
  intent: z
    .string()
    .regex(/^(?:oos|(?!act\.)[a-z]+\.[a-z_]+)$/, 'write an intent as area.problem_in_words, lower case')
    .max(60)
    .nullable(),
  by: z.string().trim().min(1).max(MAX_NAME),
});

export function insightRoutes(desk: InsightDesk, mask: Mask): Router {
  const router = express.Router();
  const json = express.json({ limit: '64kb' });
  const spanOf = (query: unknown): Span => {
    const { weeks, platform } = parse(spanQuery, query);
    return { weeks, platform: platform ?? null };
  };

  router.get('/figures', async (request, response) => {
    response.json(await desk.report(spanOf(request.query)));
  });
  router.get('/figures.csv', async (request, response) => {
    const { table } = parse(z.object({ table: z.enum(tables) }), request.query);
    const span = spanOf(request.query);
    response
      .type('text/csv; charset=utf-8')
      .attachment(`helpdesk-${table}-${span.weeks}-weeks.csv`)
      .send(await desk.csv(table, span));
  });
  router.get('/scenarios/:name', async (request, response) => {
    const graph = await desk.graph(request.params.name, spanOf(request.query));
    if (!graph) throw new BadRequest(`scenario: there is no ${request.params.name}`);
    response.json(graph);
  });
  router.get('/scenarios/:name/preview', (request, response) => {
    const { step } = parse(stepQuery, request.query);
    const preview = desk.preview(request.params.name, step);
    if (!preview) throw new BadRequest(`step: there is no ${step} in ${request.params.name}`);
    response.json(preview);
  });
  router.get('/content', (_request, response) => {
    response.json(desk.content());
  });
  router.post('/content/reload', json, async (_request, response) => {
    response.json(await desk.reload());
  });
  router.get('/review', async (_request, response) => {
    response.json(await desk.review());
  });
  router.post('/review/judge', json, async (request, response) => {
    const { by, ...rest } = parse(judgement, request.body);
    response.json(await desk.judge({ ...rest, by: mask(by).text }));
  });
  router.post('/review/change', json, async (_request, response) => {
    response.json(await desk.change());
  });
  router.post('/review/write', json, async (_request, response) => {
    response.json(await desk.write());
  });
  router.get('/review/change.patch', async (_request, response) => {
    response
      .type('text/x-diff; charset=utf-8')
      .attachment('helpdesk-utterances.patch')
      .send(await desk.patch());
  });
  return router;
}
