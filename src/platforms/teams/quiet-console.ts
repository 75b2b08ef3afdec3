import { AsyncLocalStorage } from 'node:async_hooks';

const quiet = new AsyncLocalStorage<true>();
const ours = new WeakSet<object>();

/**
 * The SDK prints every token it refuses to the console, with a stack. Anybody may send such tokens, and would fill our
 * log with what is no JSON line; so during `work`, and only there, nothing is printed. What went wrong is thrown too.
 */
export function quietly<T>(work: () => Promise<T>): Promise<T> {
  for (const method of ['error', 'warn'] as const) if (!ours.has(console[method])) wrap(method);
  return quiet.run(true, work);
}

function wrap(method: 'error' | 'warn'): void {
  const print = console[method];
  console[method] = (...args: unknown[]) => {
    if (!quiet.getStore()) print.apply(console, args);
  };
  ours.add(console[method]);
}
