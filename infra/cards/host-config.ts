/** How a client draws: colours of Fluent as Teams uses them, written from what Teams looks like, not copied from it. */
export type Theme = 'light' | 'dark' | 'contrast';

interface Palette {
  page: string;
  card: string;
  border: string;
  text: string;
  subtle: string;
  accent: string;
  good: string;
  warning: string;
  attention: string;
  fill: Record<'emphasis' | 'good' | 'warning' | 'attention' | 'accent', string>;
  /** The filled button, and what is written on it. */
  primary: readonly [string, string];
  input: string;
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    border: '#e0e0e0',
    text: '#242424',
    subtle: '#616161',
    accent: '#4f52b2',
    good: '#0e6b0e',
    warning: '#8a5300',
    attention: '#b10e1c',
    fill: { emphasis: '#f5f5f5', good: '#f1faf1', warning: '#fff9f5', attention: '#fdf3f4', accent: '#f0f0fa' },
    primary: ['#5b5fc7', '#ffffff'],
    input: '#ffffff',
  },
  dark: {
    page: '#141414',
    card: '#292929',
    border: '#3d3d3d',
    text: '#ffffff',
    subtle: '#bdbdbd',
    accent: '#aab0ff',
    good: '#9fd89f',
    warning: '#ffb88a',
    attention: '#f1a7ad',
    fill: { emphasis: '#333333', good: '#1f3320', warning: '#3a2e22', attention: '#3a2226', accent: '#2f2f4a' },
    primary: ['#5b5fc7', '#ffffff'],
    input: '#1f1f1f',
  },
  contrast: {
    page: '#000000',
    card: '#000000',
    border: '#ffffff',
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#1aebff',
    good: '#3ff23f',
    warning: '#ffff01',
    attention: '#ff8a8a',
    fill: { emphasis: '#000000', good: '#000000', warning: '#000000', attention: '#000000', accent: '#000000' },
    primary: ['#1aebff', '#000000'],
    input: '#000000',
  },
};

function style(palette: Palette, backgroundColor: string) {
  const color = (value: string) => ({ default: value, subtle: value });
  return {
    backgroundColor,
    foregroundColors: {
      default: { default: palette.text, subtle: palette.subtle },
      accent: color(palette.accent),
      good: color(palette.good),
      warning: color(palette.warning),
      attention: color(palette.attention),
    },
  };
}

/** The host configuration for the adaptivecards renderer. */
export function hostConfig(theme: Theme): object {
  const palette = PALETTES[theme];
  const fontSizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
  const fontWeights = { lighter: 300, default: 400, bolder: 600 };
  const lineHeights = { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 };
  const fills = Object.entries(palette.fill).map(([name, fill]) => [name, style(palette, fill)] as const);
  return {
    supportsInteractivity: true,
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: palette.border },
    textBlock: { headingLevel: 2 },
    fontTypes: {
      default: { fontFamily: '"Segoe UI", "Liberation Sans", Arial, sans-serif', fontSizes, fontWeights, lineHeights },
      monospace: { fontFamily: 'Consolas, "DejaVu Sans Mono", monospace', fontSizes, fontWeights, lineHeights },
    },
    containerStyles: { default: style(palette, palette.card), ...Object.fromEntries(fills) },
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
      errorMessage: { color: 'attention', spacing: 'small' },
    },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 130 },
      value: { wrap: true },
      spacing: 12,
    },
  };
}
