import type { Rehearsal } from '../src/rehearsal/rehearsal';
import { rehearse } from './builders/bot';
import { play } from './conversations/play';
import { readTranscripts } from './conversations/transcript';

describe('conversations', () => {
  const transcripts = readTranscripts();
  // The generated paths are many, short and never wait, so one bot serves a whole file of them.
  const shared = new Map<string, Promise<Rehearsal>>();
  const botOf = (file: string): Promise<Rehearsal> | undefined => {
    if (!file.endsWith('/every-path.yaml')) return undefined;
    if (!shared.has(file)) shared.set(file, rehearse());
    return shared.get(file);
  };
  test.each(transcripts.map((transcript) => [transcript.name, transcript] as const))(
    '%s',
    async (_name, transcript) => {
      const bot = await botOf(transcript.file);
      // Those before are no crowd with the same trouble: they were here a while ago.
      bot?.clock.advance(11 * 60_000);
      await play(transcript, bot);
    },
  );
});
