/** The searches that the app's manifest offers in a message box. */
export const SEARCHES = ['tickets', 'people'] as const;
/** The one parameter of each. */
export const SEARCH_TEXT = 'text';
