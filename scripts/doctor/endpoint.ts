import { type Answer, isAboutCertificate } from './network';

/** An address below PUBLIC_URL, whether or not that ends in a slash. */
export function below(publicUrl: string, path: string): string {
  const url = new URL(publicUrl);
  return new URL(path, `${url.origin}${url.pathname.replace(/\/*$/, '/')}`).href;
}

/** How a request to our own service went, as far as it went wrong on the way. */
export type Way =
  | { kind: 'arrived'; answer: Extract<Answer, { kind: 'answer' }> }
  | { kind: 'unreachable'; reason: string }
  | { kind: 'certificate'; reason: string }
  | { kind: 'redirected'; to: string }
  /** Our service is there, but serves nothing at this address. */
  | { kind: 'not-served' }
  /** Another program answers. */
  | { kind: 'elsewhere'; status: number }
  | { kind: 'failing'; status: number };

/** Tells apart where a request to our service ended. */
export function wayOf(answer: Answer): Way {
  if (answer.kind === 'unreachable')
    return { kind: isAboutCertificate(answer.code) ? 'certificate' : 'unreachable', reason: answer.reason };
  const { status, headers, json } = answer;
  if (status >= 300 && status < 400) return { kind: 'redirected', to: headers.get('location') ?? 'nowhere' };
  if (status >= 500) return { kind: 'failing', status };
  if (status === 404 || status === 405)
    return isOurNotFound(json) ? { kind: 'not-served' } : { kind: 'elsewhere', status };
  if ((headers.get('content-type') ?? '').startsWith('text/html')) return { kind: 'elsewhere', status };
  return { kind: 'arrived', answer };
}

const isOurNotFound = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'code' in body.error &&
  body.error.code === 'not_found';
