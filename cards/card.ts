import { type Verb } from '../bot/tickets/verbs';

/**
 * The part of Adaptive Cards 1.5 that our cards use (https://adaptivecards.io/explorer/). Teams shows 1.5 and no newer
 * version, so nothing newer stands here.
 */
export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.5';
  lang: string;
  /** What a client too old for 1.5 shows instead. */
  fallbackText: string;
  speak: string;
  body: readonly CardElement[];
  actions?: readonly CardAction[];
  /** The clients of these people ask for the card anew when they show it (Universal Actions). Teams ids, at most 60. */
  refresh?: { action: RefreshAction; userIds: readonly string[] };
}

/** Pressed by the client, by itself. */
export interface RefreshAction {
  type: 'Action.Execute';
  title: string;
  verb: Verb;
  data: Readonly<Record<string, string>>;
}

export type CardElement =
  TextBlock | RichTextBlock | FactSet | Container | ColumnSet | ActionSet | TextInput | DateInput | ChoiceSetInput;

export type Spacing = 'none' | 'small' | 'default' | 'medium' | 'large' | 'extraLarge' | 'padding';
export type Color = 'default' | 'accent' | 'good' | 'warning' | 'attention';
export type TextSize = 'small' | 'default' | 'medium' | 'large' | 'extraLarge';
export type ContainerStyle = 'default' | 'emphasis' | 'good' | 'attention' | 'warning' | 'accent';

interface Placed {
  id?: string;
  spacing?: Spacing;
  separator?: boolean;
}

/** Its text is Markdown: what people or directories wrote goes through `plain` first. */
export interface TextBlock extends Placed {
  type: 'TextBlock';
  text: string;
  wrap: true;
  style?: 'heading';
  size?: TextSize;
  weight?: 'lighter' | 'default' | 'bolder';
  color?: Color;
  isSubtle?: boolean;
  fontType?: 'default' | 'monospace';
  horizontalAlignment?: 'left' | 'center' | 'right';
}

/** Its text is never read as Markdown, so that a code or a pass is shown, and copied, letter by letter. */
export interface RichTextBlock extends Placed {
  type: 'RichTextBlock';
  horizontalAlignment?: 'left' | 'center' | 'right';
  inlines: readonly TextRun[];
}

export interface TextRun {
  type: 'TextRun';
  text: string;
  size?: TextSize;
  weight?: 'lighter' | 'default' | 'bolder';
  fontType?: 'default' | 'monospace';
  color?: Color;
}

export interface FactSet extends Placed {
  type: 'FactSet';
  facts: readonly { title: string; value: string }[];
}

export interface Container extends Placed {
  type: 'Container';
  items: readonly CardElement[];
  style?: ContainerStyle;
  bleed?: boolean;
  selectAction?: ExecuteAction;
}

export interface ColumnSet extends Placed {
  type: 'ColumnSet';
  columns: readonly Column[];
}

export interface Column {
  type: 'Column';
  width: 'auto' | 'stretch';
  items: readonly CardElement[];
  spacing?: Spacing;
  verticalContentAlignment?: 'top' | 'center' | 'bottom';
}

export interface ActionSet extends Placed {
  type: 'ActionSet';
  actions: readonly CardAction[];
}

interface Input extends Placed {
  id: string;
  label: string;
  isRequired?: boolean;
  errorMessage?: string;
}

export interface TextInput extends Input {
  type: 'Input.Text';
  placeholder?: string;
  value?: string;
  maxLength?: number;
  isMultiline?: boolean;
  /** A regular expression that the client checks; the server checks again. */
  regex?: string;
}

/** A day, as `2026-03-02`. */
export interface DateInput extends Input {
  type: 'Input.Date';
  value?: string;
}

export interface ChoiceSetInput extends Input {
  type: 'Input.ChoiceSet';
  choices: readonly { title: string; value: string }[];
  style: 'compact' | 'expanded';
  placeholder?: string;
  value?: string;
  wrap?: boolean;
  /** Several can be chosen: their values come with commas between them. */
  isMultiSelect?: boolean;
}

export type CardAction = ExecuteAction | OpenUrlAction | ShowCardAction;

interface Button {
  title: string;
  style?: 'default' | 'positive' | 'destructive';
  tooltip?: string;
}

export interface ExecuteAction extends Button {
  type: 'Action.Execute';
  verb: string;
  data: Readonly<Record<string, string>>;
  /** `none`: pressing it neither sends nor checks the inputs of the card. */
  associatedInputs: 'auto' | 'none';
  /** The same click from a client that knows no Action.Execute. */
  fallback?: SubmitAction;
}

export interface SubmitAction extends Button {
  type: 'Action.Submit';
  data: Readonly<Record<string, string>>;
  associatedInputs: 'auto' | 'none';
}

export interface OpenUrlAction extends Button {
  type: 'Action.OpenUrl';
  url: string;
}

/** Opens a small card below the buttons: one more question before something that is not to be pressed by accident. */
export interface ShowCardAction extends Button {
  type: 'Action.ShowCard';
  card: { type: 'AdaptiveCard'; body: readonly CardElement[]; actions: readonly ExecuteAction[] };
}
