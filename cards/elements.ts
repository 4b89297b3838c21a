import {
  type ActionSet,
  type AdaptiveCard,
  type CardAction,
  type CardElement,
  type Color,
  type Column,
  type Container,
  type ContainerStyle,
  type FactSet,
  type RichTextBlock,
  type Spacing,
  type TextBlock,
} from './card';
import { type Words } from './words/en';

type Look = Partial<Omit<TextBlock, 'type' | 'text' | 'wrap'>>;

/** A card. `summary` is our own plain sentence for screen readers and old clients: no names, no Markdown. */
export function card(
  words: Words,
  summary: string,
  body: readonly (CardElement | undefined)[],
  actions: readonly (CardAction | undefined)[] = [],
): AdaptiveCard {
  const buttons = present(actions);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: words.lang,
    fallbackText: summary,
    speak: summary,
    body: present(body),
    ...(buttons.length > 0 && { actions: buttons }),
  };
}

/** Those of the list that are there. */
export function present<T>(list: readonly (T | undefined)[]): T[] {
  return list.filter((one): one is T => one !== undefined);
}

export function text(content: string, look: Look = {}): TextBlock {
  return { type: 'TextBlock', text: content, wrap: true, ...look };
}

export function heading(content: string, look: Look = {}): TextBlock {
  return text(content, { style: 'heading', size: 'large', weight: 'bolder', spacing: 'small', ...look });
}

export function subheading(content: string, look: Look = {}): TextBlock {
  return text(content, { style: 'heading', size: 'default', weight: 'bolder', spacing: 'medium', ...look });
}

/** What may be read but need not be. */
export function quiet(content: string, look: Look = {}): TextBlock {
  return text(content, { isSubtle: true, size: 'small', spacing: 'small', ...look });
}

/** What is wrong with a field, right below it. */
export function problem(content: string): TextBlock {
  return text(`✕ ${content}`, { color: 'attention', size: 'small', spacing: 'small' });
}

export function box(style: ContainerStyle, items: readonly (CardElement | undefined)[], spacing: Spacing = 'medium') {
  return { type: 'Container', style, spacing, items: present(items) } satisfies Container;
}

/** So long a title is not broken across lines. */
const UNBROKEN = 16;

export function facts(list: readonly (readonly [title: string, value: string] | undefined)[]): FactSet {
  return {
    type: 'FactSet',
    spacing: 'medium',
    facts: present(list).map(([title, value]) => ({
      title: title.length > UNBROKEN ? title : title.replace(/ /g, '\u00A0'),
      value,
    })),
  };
}

export function column(width: Column['width'], items: readonly CardElement[], spacing: Spacing = 'small'): Column {
  return { type: 'Column', width, items, spacing };
}

/** Buttons in the middle of a card, right below what they are about. */
export function buttons(actions: readonly CardAction[]): ActionSet {
  return { type: 'ActionSet', spacing: 'medium', actions };
}

/** A command to copy, letter by letter. */
export function command(content: string): RichTextBlock {
  return {
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [{ type: 'TextRun', text: content, fontType: 'monospace' }],
  };
}

/** A code, a pass or a number in large letters that is shown, and copied, letter by letter. */
export function letters(content: string, color: Color = 'default'): RichTextBlock {
  return {
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [{ type: 'TextRun', text: content, size: 'extraLarge', weight: 'bolder', fontType: 'monospace', color }],
  };
}
