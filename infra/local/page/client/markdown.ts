const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** A backslash before punctuation, **bold**, *italic* or _italic_, and [a link](https://…). Nothing else means anything. */
const INLINE =
  /\\([!-/:-@[-`{-~])|\*\*((?:\\.|[^\\])+?)\*\*|\*((?:\\.|[^\\*])+)\*|(?<!\w)_((?:\\.|[^\\_])+)_(?!\w)|\[((?:\\.|[^\\\]])+)\]\(([^()\s]+)\)/g;

function inline(text: string): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, literal, bold, italic, italic2, label, href] = match;
    html += escape(text.slice(at, match.index));
    at = match.index + all.length;
    const slanted = italic ?? italic2;
    if (literal !== undefined) html += escape(literal);
    else if (bold !== undefined) html += `<strong>${inline(bold)}</strong>`;
    else if (slanted !== undefined) html += `<em>${inline(slanted)}</em>`;
    else html += link(label ?? '', href ?? '');
  }
  return html + escape(text.slice(at));
}

function link(label: string, href: string): string {
  if (!/^https?:\/\/[^\s"'<>]+$/i.test(href)) return inline(label);
  return `<a href="${escape(href)}" target="_blank" rel="noopener noreferrer">${inline(label)}</a>`;
}

const LIST_ITEM = /^\s*(?:[-*•]|\d+[.)])\s+(.*)$/;

/** One block of lines: a list where every line is an item, else a paragraph whose single line ends are spaces, as in Teams. */
function block(lines: readonly string[]): string {
  const items = lines.map((line) => LIST_ITEM.exec(line)?.[1]);
  if (items.every((item) => item !== undefined)) {
    const start = /^\s*(\d{1,6})/.exec(lines[0] ?? '')?.[1];
    const list = items.map((item) => `<li>${inline(item)}</li>`).join('');
    return start === undefined ? `<ul>${list}</ul>` : `<ol start="${start}">${list}</ol>`;
  }
  return `<p>${lines.map(inline).join(' ')}</p>`;
}

/** The part of Markdown that Teams draws in a card, as HTML that holds no other element and no other attribute. */
export function markdownToHtml(text: string): string {
  return text
    .split(/\r\n?|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)/)
    .reduce<string[][]>((blocks, line) => {
      const last = blocks.at(-1);
      const isItem = LIST_ITEM.test(line);
      const joins = last !== undefined && isItem && LIST_ITEM.test(last[0] ?? '');
      if (line.trim() === '') return blocks;
      if (joins) last.push(line);
      else blocks.push([line]);
      return blocks;
    }, [])
    .map(block)
    .join('');
}
