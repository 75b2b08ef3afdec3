import { byId, icon } from './dom.js';

const themes = {
  auto: { icon: 'auto', label: 'Colours: as the system' },
  light: { icon: 'sun', label: 'Colours: light' },
  dark: { icon: 'moon', label: 'Colours: dark' },
} as const;
type Theme = keyof typeof themes;
const order: readonly Theme[] = ['auto', 'light', 'dark'];

/** A button that goes round: as the system, light, dark. Cards follow by themselves, their colours are CSS variables. */
export function startTheme(): void {
  const button = byId<HTMLButtonElement>('theme');
  let theme: Theme = order.find((known) => known === localStorage.getItem('helpdesk.theme')) ?? 'auto';
  const show = () => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.replaceChildren(icon(themes[theme].icon));
    button.setAttribute('aria-label', themes[theme].label);
    button.title = themes[theme].label;
  };
  button.addEventListener('click', () => {
    theme = order[(order.indexOf(theme) + 1) % order.length] ?? 'auto';
    localStorage.setItem('helpdesk.theme', theme);
    show();
  });
  show();
}
