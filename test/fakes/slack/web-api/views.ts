import { z } from 'zod';
import { textFaultsIn, viewFaults } from '../block-kit';
import type { Json, SlackView } from '../types';
import { shownView } from '../view-store';
import type { World } from '../world';
import { invalidBlocks } from './content';
import { fromJson, knownUser, method, Refusal, text } from './method';

/** Refuses what Slack refuses; records the rest. Also for views that come in the ack of a submission. */
export function checkedView(world: World, where: string, given: unknown, type: 'modal' | 'home'): Json {
  const view = fromJson(given, 'invalid_arguments');
  const faults = viewFaults(view, type);
  if (faults.length > 0) throw invalidBlocks(faults, 'invalid_arguments');
  for (const fault of textFaultsIn(view, world.allowedMentions, '/view'))
    world.activity.violation(`${where}: ${fault}`);
  return view as Json;
}

function taken(world: World, trigger: string): string {
  const result = world.triggers.take(trigger);
  if ('fault' in result) throw new Refusal(result.fault);
  return result.user;
}

function freeExternalId(world: World, view: Json, self?: SlackView): void {
  const holder = world.views.find({ externalId: view.external_id as string | undefined });
  if (holder && holder.id !== self?.id) throw new Refusal('duplicate_external_ids');
}

const trigger = { trigger_id: text, view: z.unknown() };

export const views = {
  'views.open': method({
    scopes: [],
    json: true,
    args: z.strictObject(trigger),
    run(world, args) {
      const view = checkedView(world, 'views.open', args.view, 'modal');
      freeExternalId(world, view);
      return { view: shownView(world.views.open(taken(world, args.trigger_id), view)) };
    },
  }),

  'views.push': method({
    scopes: [],
    json: true,
    args: z.strictObject(trigger),
    run(world, args) {
      const view = checkedView(world, 'views.push', args.view, 'modal');
      freeExternalId(world, view);
      const pushed = world.views.push(taken(world, args.trigger_id), view);
      if (!pushed) throw new Refusal('push_limit_reached');
      return { view: shownView(pushed) };
    },
  }),

  'views.update': method({
    scopes: [],
    json: true,
    args: z.strictObject({
      view: z.unknown(),
      view_id: text.optional(),
      external_id: text.optional(),
      hash: text.optional(),
    }),
    run(world, args) {
      if (!args.view_id === !args.external_id)
        throw new Refusal('invalid_arguments', {}, 'views.update needs either view_id or external_id');
      const open = world.views.find({ id: args.view_id, externalId: args.external_id });
      const view = checkedView(world, 'views.update', args.view, open?.type ?? 'modal');
      if (!open) throw new Refusal('not_found');
      if (args.hash && args.hash !== open.hash) throw new Refusal('hash_conflict');
      freeExternalId(world, view, open);
      return { view: shownView(world.views.update(open, view)) };
    },
  }),

  'views.publish': method({
    scopes: [],
    json: true,
    args: z.strictObject({ user_id: text, view: z.unknown(), hash: text.optional() }),
    run(world, args) {
      const view = checkedView(world, 'views.publish', args.view, 'home');
      const user = knownUser(world, args.user_id);
      const before = world.views.home(user.id);
      if (args.hash && before && args.hash !== before.hash) throw new Refusal('hash_conflict');
      return { view: shownView(world.views.publish(user.id, view)) };
    },
  }),
};
