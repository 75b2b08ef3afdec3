/** How cards look here. Colours are CSS variables, so light and dark need no second drawing. */
const colour = (name: string) => ({
  default: `var(--${name})`,
  subtle: `var(--${name})`,
  highlightColors: { default: 'var(--sunken)', subtle: 'var(--sunken)' },
});
const foregroundColors = {
  default: { ...colour('ink'), subtle: 'var(--soft)' },
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warn'),
  attention: colour('bad'),
  dark: colour('ink'),
  light: colour('ink'),
};
const container = (background: string) => ({ backgroundColor: background, foregroundColors });

const fontSizes = { small: 13, default: 15, medium: 16, large: 19, extraLarge: 22 };
const fontWeights = { lighter: 400, default: 400, bolder: 620 };

export const hostConfig = {
  hostCapabilities: { capabilities: null },
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontTypes: {
    default: { fontFamily: 'inherit', fontSizes, fontWeights },
    monospace: { fontFamily: 'var(--mono)', fontSizes, fontWeights },
  },
  lineHeights: { small: 19, default: 23, medium: 24, large: 26, extraLarge: 28 },
  spacing: { small: 6, default: 10, medium: 12, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--sunken)'),
    warning: container('var(--warn-tint)'),
    attention: container('var(--bad-tint)'),
    good: container('var(--good-tint)'),
    accent: container('var(--accent-tint)'),
  },
  actions: {
    maxActions: 40,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 10, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: {
      inputSpacing: 4,
      requiredInputs: {
        weight: 'bolder',
        size: 'small',
        color: 'default',
        isSubtle: false,
        suffix: ' (needed)',
        suffixColor: 'default',
      },
      optionalInputs: { weight: 'bolder', size: 'small', color: 'default', isSubtle: false },
    },
    errorMessage: { size: 'small', color: 'attention', spacing: 'small', weight: 'default' },
  },
};
