import type { Content } from '../core/content';
import { checkContent } from './check';
import { ContentError } from './faults';
import { readContent } from './read';

/** Content that may be served. Throws a ContentError with every fault; broken content never starts. */
export function loadContent(root: string): Content {
  const result = readContent(root);
  const faults = checkContent(result);
  if (faults.length > 0) throw new ContentError(faults);
  return result.content;
}
