/** A text in the Atlassian Document Format, version 1: what Jira's REST v3 takes for descriptions and comments. */
export interface AdfDocument {
  type: 'doc';
  version: 1;
  content: { type: 'paragraph'; content: { type: 'text'; text: string }[] }[];
}

/** Plain text as a document: a paragraph for each line. No mark, mention or link comes out of what people wrote. */
export function adf(text: string): AdfDocument {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const content = lines.map((line) => ({
    type: 'paragraph' as const,
    content: [{ type: 'text' as const, text: line }],
  }));
  return { type: 'doc', version: 1, content };
}

/** All text that a document holds, whatever its structure. */
export function textOfAdf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  if ('text' in node && typeof node.text === 'string') return node.text;
  return 'content' in node && Array.isArray(node.content) ? node.content.map(textOfAdf).join('\n') : '';
}
