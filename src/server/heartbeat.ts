/** Longer than any such service takes to answer. */
const limitMs = 10_000;

/** Tells a service outside that all is well: it raises an alarm when it hears nothing. */
export const heartbeatTo = (url: string) => async (): Promise<void> => {
  const response = await fetch(url, { method: 'POST', redirect: 'error', signal: AbortSignal.timeout(limitMs) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the heartbeat was answered with ${response.status}`);
};
