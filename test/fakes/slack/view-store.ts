import type { Clock } from './clock';
import { newBlockId, newId } from './ids';
import type { Json, SlackView } from './types';
import { appId, botId, team } from './workspace';

const deepest = 3;

/** Gives blocks and interactive elements the ids they came without, as Slack does. */
export function withIds(blocks: Json[]): Json[] {
  const inert = new Set(['image', 'plain_text', 'mrkdwn']);
  const element = (it: unknown): unknown =>
    typeof it === 'object' && it !== null && !inert.has(String((it as Json).type))
      ? { action_id: newBlockId(), ...it }
      : it;
  return blocks.map((block) => {
    const named: Json = { block_id: newBlockId(), ...block };
    if (named.type === 'rich_text') return named;
    if (Array.isArray(named.elements)) named.elements = named.elements.map(element);
    if (named.accessory) named.accessory = element(named.accessory);
    if (named.element) named.element = element(named.element);
    return named;
  });
}

/** The views that are open, and the Home tabs. Like messages, a view is replaced and never changed in place. */
export class ViewStore {
  private readonly stacks = new Map<string, SlackView[]>();
  private readonly homes = new Map<string, SlackView>();

  constructor(private readonly clock: Clock) {}

  make(user: string, given: Json, under?: SlackView): SlackView {
    const id = newId('V');
    return {
      close: null,
      submit: null,
      clear_on_close: false,
      notify_on_close: false,
      private_metadata: '',
      callback_id: '',
      external_id: '',
      ...given,
      id,
      team_id: team.id,
      app_id: appId,
      app_installed_team_id: team.id,
      bot_id: botId,
      type: given.type === 'home' ? 'home' : 'modal',
      blocks: withIds((given.blocks as Json[] | undefined) ?? []),
      state: { values: {} },
      hash: `${this.clock.seconds()}.${newBlockId()}`,
      root_view_id: under?.root_view_id ?? id,
      previous_view_id: under?.id ?? null,
      user,
    };
  }

  open(user: string, given: Json): SlackView {
    const view = this.make(user, given);
    this.stacks.set(user, [view]);
    return view;
  }

  /** undefined when three views are open already. */
  push(user: string, given: Json): SlackView | undefined {
    const stack = this.stack(user);
    if (stack.length >= deepest) return undefined;
    const view = this.make(user, given, stack.at(-1));
    this.stacks.set(user, [...stack, view]);
    return view;
  }

  publish(user: string, given: Json): SlackView {
    const before = this.homes.get(user);
    const view = this.make(user, given);
    const kept = before ? { ...view, id: before.id, root_view_id: before.id } : view;
    this.homes.set(user, kept);
    return kept;
  }

  /** Puts other content into an open view; what was typed stays where block and action ids stay. */
  update(view: SlackView, given: Json): SlackView {
    const { id, root_view_id, previous_view_id, user, state } = view;
    const updated = { ...this.make(user, given), id, root_view_id, previous_view_id, state };
    this.replace(updated);
    return updated;
  }

  replace(view: SlackView): void {
    if (view.type === 'home') this.homes.set(view.user, view);
    else
      this.stacks.set(
        view.user,
        this.stack(view.user).map((it) => (it.id === view.id ? view : it)),
      );
  }

  close(user: string, all: boolean): void {
    this.stacks.set(user, all ? [] : this.stack(user).slice(0, -1));
  }

  stack(user: string): SlackView[] {
    return this.stacks.get(user) ?? [];
  }

  home(user: string): SlackView | undefined {
    return this.homes.get(user);
  }

  find(wanted: { id?: string | undefined; externalId?: string | undefined }): SlackView | undefined {
    return [...this.stacks.values(), [...this.homes.values()]]
      .flat()
      .find(({ id, external_id }) =>
        wanted.id ? id === wanted.id : Boolean(wanted.externalId) && external_id === wanted.externalId,
      );
  }
}

/** A view as Slack sends it: without the fake's own note of whose it is. */
export function shownView({ user, ...view }: SlackView): Json {
  return view;
}
