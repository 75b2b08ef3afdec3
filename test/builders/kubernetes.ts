import { Deployment } from 'kubernetes-models/apps/v1';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import type { Manifest } from './helm';

export const kinds = { Deployment, Service, PodDisruptionBudget, ConfigMap, Ingress };

/**
 * Throws with what Kubernetes would refuse. Its schemas say nothing of keys they do not know, so whatever they never
 * looked at is taken for a spelling mistake.
 */
export function examine(manifest: Manifest): void {
  const Model = kinds[manifest.kind as keyof typeof kinds];
  if (!Model) throw new Error(`nothing is known of the kind ${manifest.kind}`);
  const unread = new Set<string>();
  // Not on a new one of it: that would be a copy, and copying reads everything.
  Model.prototype.validate.call(watched(manifest, '', unread) as InstanceType<typeof Model>);
  if (unread.size > 0) throw new Error(`${manifest.kind} has what Kubernetes does not know: ${[...unread].join(', ')}`);
}

/** The same value; what is read of it is taken out of `unread`. */
function watched(value: unknown, path: string, unread: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const paths = new Map(Object.keys(value).map((key) => [key, `${path}/${key}`]));
  for (const one of paths.values()) unread.add(one);
  const parts = new Map(
    Object.entries(value).map(([key, part]) => [key, watched(part, paths.get(key)!, unread)] as const),
  );
  return new Proxy(value, {
    get(target, key, receiver) {
      if (typeof key !== 'string' || !parts.has(key)) return Reflect.get(target, key, receiver);
      unread.delete(paths.get(key)!);
      return parts.get(key);
    },
    // A map whose keys are free.
    ownKeys(target) {
      for (const one of paths.values()) unread.delete(one);
      return Reflect.ownKeys(target);
    },
  });
}
