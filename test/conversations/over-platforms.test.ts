import { TheatrePool } from '../parity/theatre-pool';
import { PlatformActor, silentCompany } from './over-platforms';
import { play } from './play';
import { readTranscripts, type Transcript } from './transcript';

/** Some of them say more than a platform takes in a second, and so wait for its pace. */
jest.setTimeout(120_000);

/**
 * The conversations written by hand, played by people on Slack and on Teams with the same outcome as on the terminal.
 * The generated ones are hundreds, differ in content alone, and stay on the terminal.
 */
const written = readTranscripts().filter(({ file }) => !file.endsWith('/every-path.yaml'));
/** Numbers of tickets count from the first of a bot's life, so these need a bot of their own. */
const namesTicket = (transcript: Transcript): boolean => JSON.stringify(transcript.turns).includes('D-10');
/** When days pass, tickets of others go on by themselves. */
const takesDays = ({ turns }: Transcript): boolean => turns.some(({ input }) => input === null);
const needsOwnBot = (transcript: Transcript): boolean => namesTicket(transcript) || takesDays(transcript);

describe.each([
  ['Slack', 'slack'],
  ['Teams', 'teams'],
] as const)('conversations on %s', (_name, platform) => {
  const pool = new TheatrePool([platform], 4, silentCompany);
  afterAll(() => pool.end());

  test.concurrent.each(written.map((transcript) => [transcript.name, transcript] as const))(
    '%s',
    async (_file, transcript) => {
      const stages = needsOwnBot(transcript) ? new TheatrePool([platform], 1, silentCompany) : pool;
      await stages.use(async (theatre) => {
        const stage = theatre.stages[platform]!;
        await stage.newAdminsRoom();
        await play(transcript, new PlatformActor(stage, theatre.bot, transcript));
      });
      if (stages !== pool) await stages.end();
    },
  );
});
