import type { Store } from '../../src/core/ports';

/** The real store, but for the methods named: for what a store does only on a bad day. */
export const withMethods = (store: Store, methods: Partial<Store>): Store =>
  Object.assign(Object.create(store) as Store, methods);

export const brokenDisk = (): never => {
  throw new Error('disk I/O error at /secret/place');
};
