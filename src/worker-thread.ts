import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Lets a file beside this one work on a task in a thread of its own; resolves with what it posts back. */
export function inThread<Result>(file: 'reload-worker' | 'learning-worker', task: unknown): Promise<Result> {
  const isSource = __filename.endsWith('.ts');
  const worker = new Worker(join(__dirname, `${file}.${isSource ? 'ts' : 'js'}`), {
    workerData: task,
    ...(isSource ? { execArgv: ['--require', 'tsx/cjs'] } : {}),
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of ${file} ended with ${code} and no result`)));
  });
}
