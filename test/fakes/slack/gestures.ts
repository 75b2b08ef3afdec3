import { type Filled, refusedByClient, stateWith, valuesOf } from './inputs';
import { shown } from './messages';
import { elementsOf, labelOf } from './reading';
import type { Delivery, Json, SlackMessage, SlackView } from './types';
import { shownView } from './view-store';
import { Refusal } from './web-api/method';
import { replied } from './web-api/response-url';
import { checkedView } from './web-api/views';
import { appId, idOf, team, type Where, type Who } from './workspace';
import type { World } from './world';

type Shown = SlackMessage | SlackView;
const isView = (on: Shown): on is SlackView => on.type !== 'message';

/** People pressing, choosing, submitting, and typing commands. */
export class Gestures {
  constructor(
    private readonly world: World,
    /** Commands and callback ids of a manifest; undefined when there is none. */
    private readonly declared: { commands: Set<string>; shortcuts: Set<string> } | undefined,
  ) {}

  presses(who: Who, on: Shown, actionIdOrLabel: string, { asSeen = false } = {}): Promise<Delivery> {
    const seen = asSeen ? on : this.standing(on);
    const buttons = elementsOf(seen).filter(({ element }) => element.type === 'button');
    const pressed =
      buttons.find(({ element }) => element.action_id === actionIdOrLabel) ??
      buttons.find(({ element }) => labelOf(element) === actionIdOrLabel);
    if (!pressed) {
      const there = buttons.map(({ element }) => `${String(element.action_id)} (${labelOf(element)})`);
      throw new Error(`there is no button ${actionIdOrLabel}, only: ${there.join(', ') || 'none'}`);
    }
    const { block, element } = pressed;
    const { action_id, type, text, value, style, url } = element;
    const given = { action_id, block_id: block.block_id, text, value, style, url, type };
    return this.acts(who, seen, given, {});
  }

  selects(who: Who, on: Shown, actionId: string, value: string | string[]): Promise<Delivery> {
    const seen = this.standing(on);
    const found = elementsOf(seen).find(({ element }) => element.action_id === actionId);
    const state = found && stateWith(found.element, value);
    if (!found || !state) throw new Error(`there is nothing to choose from named ${actionId}`);
    const { block, element } = found;
    if (block.type === 'input' && !block.dispatch_action) throw new Error(`${actionId} is told on submission only`);
    const given = { action_id: actionId, block_id: block.block_id, ...state, placeholder: element.placeholder };
    return this.acts(who, seen, given, { [actionId]: value });
  }

  async command(who: Who, where: Where, command: string, text = ''): Promise<Delivery> {
    if (this.declared && !this.declared.commands.has(command)) throw new Error(`the manifest declares no ${command}`);
    const user = this.world.workspace.user(who);
    const channel = this.world.workspace.channel(where);
    const asked = { channel: channel.id, user: user.id };
    const delivery = await this.world.deliver({
      kind: 'slash_commands',
      acceptsResponse: true,
      payload: {
        token: 'verification',
        team_id: team.id,
        team_domain: team.domain,
        channel_id: channel.id,
        channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: appId,
        is_enterprise_install: 'false',
        response_url: this.world.responses.make(asked),
        trigger_id: this.world.triggers.make(user.id),
      },
    });
    const reply = delivery.payload ?? (delivery.body === '' ? undefined : { text: delivery.body });
    if (delivery.status === 200 && reply !== undefined)
      this.ackCarries(command, () => replied(this.world, command, asked, reply));
    return delivery;
  }

  shortcut(who: Who, callbackId: string, message?: SlackMessage): Promise<Delivery> {
    if (this.declared && !this.declared.shortcuts.has(callbackId))
      throw new Error(`the manifest declares no shortcut ${callbackId}`);
    const base = { ...this.common(who), callback_id: callbackId, action_ts: this.world.clock.ts() };
    const payload = message
      ? {
          ...base,
          type: 'message_action',
          ...this.about(who, message),
          message_ts: message.ts,
          message: shown(message),
        }
      : { ...base, type: 'shortcut' };
    return this.world.deliver({ kind: 'interactive', payload, acceptsResponse: false });
  }

  /** Submits what is on top; then the view closes, or becomes what the ack says. */
  async submits(view: SlackView, filled: Filled = {}): Promise<Delivery> {
    const { views } = this.world;
    const open = views.stack(view.user).at(-1);
    if (open?.id !== view.id) throw new Error(`the view ${view.callback_id || view.id} is not on top, or not open`);
    const values = valuesOf(open, filled, open.state.values);
    const refused = refusedByClient(open, values);
    if (refused.length > 0) throw new Error(`the client would not submit: ${refused.join('; ')}`);
    const submitted = { ...open, state: { values } };
    views.replace(submitted);
    const delivery = await this.world.deliver({
      kind: 'interactive',
      acceptsResponse: true,
      payload: {
        ...this.common(view.user),
        type: 'view_submission',
        view: shownView(submitted),
        response_urls: [],
      },
    });
    if (delivery.status === 200) this.ackCarries('view_submission', () => this.afterSubmission(submitted, delivery));
    this.world.activity.stir();
    return delivery;
  }

  async closes(view: SlackView): Promise<Delivery | undefined> {
    const open = this.world.views.stack(view.user).find(({ id }) => id === view.id);
    if (!open) throw new Error('the view is not open');
    this.world.views.close(view.user, open.clear_on_close === true);
    this.world.activity.stir();
    if (!open.notify_on_close) return undefined;
    const { trigger_id, ...common } = this.common(view.user);
    const payload = { ...common, type: 'view_closed', view: shownView(open), is_cleared: open.clear_on_close === true };
    return this.world.deliver({ kind: 'interactive', payload, acceptsResponse: false });
  }

  private acts(who: Who, on: Shown, given: Json, filled: Filled): Promise<Delivery> {
    const before = isView(on) ? on.state.values : {};
    const state = { values: valuesOf(on, filled, before) };
    const action = Object.fromEntries(
      Object.entries({ ...given, action_ts: this.world.clock.ts() }).filter(([, value]) => value !== undefined),
    );
    const view = isView(on) ? { ...on, state } : undefined;
    if (view) this.world.views.replace(view);
    const place = view
      ? { container: { type: 'view', view_id: view.id }, view: shownView(view) }
      : { ...this.about(who, on as SlackMessage), state };
    const payload = { ...this.common(who), type: 'block_actions', ...place, actions: [action] };
    return this.world.deliver({ kind: 'interactive', payload, acceptsResponse: false });
  }

  private standing(on: Shown): Shown {
    const { views, messages } = this.world;
    const now = isView(on)
      ? views.find({ id: on.id })
      : (messages.get(on.channel, on.ts) ?? messages.getEphemeral(on.ts));
    if (!now) throw new Error(isView(on) ? 'the view is not open any more' : 'the message is deleted');
    return now;
  }

  private common(who: Who): Json {
    const { id, name, team_id } = this.world.workspace.user(idOf(who));
    return {
      user: { id, username: name, name, team_id },
      api_app_id: appId,
      token: 'verification',
      team: { id: team.id, domain: team.domain },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: this.world.triggers.make(id),
    };
  }

  /** Where the message is; what only one person sees is not sent along. */
  private about(who: Who, message: SlackMessage): Json {
    const { workspace, responses } = this.world;
    const channel = workspace.channel(message.channel);
    const { ts, thread_ts, ephemeral_to } = message;
    const asked = { channel: channel.id, user: idOf(who), ts };
    return {
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel.id,
        is_ephemeral: Boolean(ephemeral_to),
        ...(thread_ts ? { thread_ts } : {}),
      },
      channel: { id: channel.id, name: channel.kind === 'private' ? 'privategroup' : channel.name },
      ...(ephemeral_to ? {} : { message: shown(message) }),
      response_url: responses.make({ ...asked, ...(thread_ts ? { thread_ts } : {}) }),
    };
  }

  private afterSubmission(view: SlackView, { body, payload }: Delivery): void {
    const { views } = this.world;
    const { response_action: action, ...ack } = (payload ?? {}) as Json;
    if (body !== '' && payload === undefined)
      throw new Refusal('bad_ack', {}, `the ack is no JSON: ${body.slice(0, 100)}`);
    if (action === undefined) views.close(view.user, false);
    else if (action === 'clear') views.close(view.user, true);
    else if (action === 'update') views.update(view, checkedView(this.world, 'view_submission', ack.view, 'modal'));
    else if (action === 'push') views.push(view.user, checkedView(this.world, 'view_submission', ack.view, 'modal'));
    else if (action === 'errors') this.showErrors(view, (ack.errors ?? {}) as Json);
    else throw new Refusal('bad_ack', {}, `unknown response_action ${String(action)}`);
  }

  private showErrors(view: SlackView, errors: Json): void {
    const inputs = new Set(view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id));
    const wrong = Object.entries(errors).filter(
      ([id, told]) => !inputs.has(id) || typeof told !== 'string' || told === '',
    );
    if (wrong.length > 0 || Object.keys(errors).length === 0)
      throw new Refusal('bad_ack', {}, `errors must name inputs of the view: ${JSON.stringify(errors)}`);
  }

  private ackCarries(what: string, use: () => void): void {
    try {
      use();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.world.activity.violation(`${what}: ack: ${error.violation ?? error.error}`);
    }
  }
}
