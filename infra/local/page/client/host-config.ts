import { HostConfig } from 'adaptivecards';

/** Colours are the theme's own variables, so that a card follows the theme without being drawn again. */
const colour = (name: string) => ({
  default: `var(--${name})`,
  subtle: `var(--${name}-subtle, var(--${name}))`,
});
const foregroundColors = {
  default: { default: 'var(--text)', subtle: 'var(--text-2)' },
  dark: colour('text'),
  light: colour('text-2'),
  accent: colour('brand-text'),
  good: colour('good'),
  warning: colour('warn'),
  attention: colour('bad'),
};
const container = (name: string) => ({
  backgroundColor: `var(--${name})`,
  foregroundColors,
});

const MONOSPACE = "'Cascadia Mono', Consolas, ui-monospace, 'DejaVu Sans Mono', monospace";
const TYPE = {
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
};

/** Sizes and distances as Teams draws a card. */
export const teamsHostConfig = (): HostConfig =>
  new HostConfig({
    fontFamily: 'inherit',
    fontTypes: {
      default: { ...TYPE, fontFamily: 'inherit' },
      monospace: { ...TYPE, fontFamily: MONOSPACE },
    },
    supportsInteractivity: true,
    ...TYPE,
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 6, default: 10, medium: 14, large: 18, extraLarge: 24, padding: 14 },
    separator: { lineThickness: 1, lineColor: 'var(--stroke)' },
    containerStyles: {
      default: container('card'),
      emphasis: container('card-emphasis'),
      accent: container('accent-bg'),
      good: container('good-bg'),
      warning: container('warn-bg'),
      attention: container('bad-bg'),
    },
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', color: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder', color: 'default' },
      },
      errorMessage: { spacing: 'small', size: 'small', color: 'attention' },
    },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 130 },
      value: { wrap: true },
      spacing: 14,
    },
    textBlock: { headingLevel: 3 },
    textStyles: { heading: { weight: 'bolder', size: 'large' } },
    table: { cellSpacing: 8 },
  });
