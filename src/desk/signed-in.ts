import { signOut } from './api.js';
import { byId, el } from './dom.js';
import type { Name } from './names.js';
import type { WireMe } from './wire.js';

/** Where people sign in, names are theirs, the way out is in the bar, and the administrators' half is for administrators. */
export function showSignedIn({ name, admin }: WireMe, names: readonly Name[]): void {
  if (name === null) return;
  for (const one of names) one.fix(name);
  const words = document.querySelector('.bar-words p');
  if (words) words.textContent = admin ? `Signed in as ${name}, administrator.` : `Signed in as ${name}.`;
  const out = el('button', { type: 'button', class: 'quiet-button', id: 'sign-out' }, 'Sign out');
  out.addEventListener('click', () => {
    out.disabled = true;
    void signOut().then(
      ({ to }) => location.assign(to),
      () => {
        out.disabled = false;
      },
    );
  });
  byId('theme').before(out);
  if (admin) return;
  byId('desk').hidden = true;
  const tabs = document.querySelector<HTMLElement>('.tabs');
  if (tabs) tabs.hidden = true;
  document.querySelector('a[href="#desk"]')?.remove();
  document.querySelector('main')?.classList.add('chat-alone');
}
