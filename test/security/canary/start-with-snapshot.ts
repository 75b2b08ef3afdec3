import { writeHeapSnapshot } from 'node:v8';

/** The service as it is, and a way to look into its memory: a signal, and the file named in SNAPSHOT is written. */
process.on('SIGUSR2', () => {
  writeHeapSnapshot(process.env.SNAPSHOT);
  process.stderr.write('snapshot written\n');
});
require('../../../src/main');
