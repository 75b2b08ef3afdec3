import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { parse } from 'yaml';
import { readKnowledge } from '../../../src/knowledge';
import { type Service, startService } from '../../../src/service';
import { repository } from '../../builders/bot';
import { FakeSlack } from '../../fakes/slack/slack';
import { FakeTeams } from '../../fakes/teams/teams';

export interface WholeService {
  service: Service;
  slack: FakeSlack;
  teams: FakeTeams;
  url: string;
  /** Everything that was logged, at any level. */
  log: string[];
  stop(): Promise<void>;
}

/** The service with all three platforms, on a port and a folder of its own. */
export async function startWhole(env: Record<string, string> = {}): Promise<WholeService> {
  const folder = mkdtempSync(join(tmpdir(), 'whole-'));
  const assets = mkdtempSync(join(tmpdir(), 'whole-assets-'));
  writeFileSync(join(assets, 'index.html'), '<!doctype html><title>desk</title>');
  const manifest: unknown = parse(readFileSync(join(repository, 'manifests/slack.yaml'), 'utf8'));
  const [slack, teams] = await Promise.all([FakeSlack.start({ manifest }), FakeTeams.start()]);
  const closeFakes = () => Promise.all([slack.stop(), teams.stop()]);
  const log: string[] = [];
  const service = await startService(
    readKnowledge({
      DATA_DIR: folder,
      PORT: '0',
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      ...teams.settings(),
      ...env,
    }),
    pino({ level: 'trace', base: null }, { write: (line: string) => void log.push(line) }),
    { assets },
  ).catch(async (error: unknown) => {
    await closeFakes();
    throw error;
  });
  const url = `http://127.0.0.1:${service.port}`;
  slack.requestUrl = `${url}/slack/events`;
  teams.deliversTo(`${url}/api/messages`);
  return {
    ...{ service, slack, teams, url, log },
    stop: async () => {
      await service.stop();
      await closeFakes();
      for (const one of [folder, assets]) rmSync(one, { recursive: true, force: true });
    },
  };
}
