import { play } from './conversations/play';
import { readTranscripts } from './conversations/transcript';

describe('conversations', () => {
  const transcripts = readTranscripts();
  test.each(transcripts.map((transcript) => [transcript.name, transcript] as const))('%s', async (_name, transcript) => {
    await play(transcript);
  });
});
