import { type Words } from './words/en';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITY[sign] ?? sign);
}

export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** Day and time in words, where no client puts them into the reader's own time zone: so the zone is said. */
export function moment(at: string, { lang }: Words): string {
  const zone = { timeZone: 'UTC', timeZoneName: 'short' } as const;
  const look = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { ...look, ...zone }).format(new Date(at));
}

/** All the style of a page. It is the same for each, so that a Content-Security-Policy can name it by its hash. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#242424;--quiet:#565656;--paper:#fff;--line:#d1d1d1;--stop:#b10e1c;--on-stop:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#fff;--quiet:#d6d6d6;--paper:#292929;--line:#666;--stop:#f1707b;--on-stop:#1f1f1f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 "Segoe UI",system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:2rem 1rem 3rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
.quiet{color:var(--quiet);margin:0}
ul{padding-left:1.25rem}
section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:.5rem}
button{font:inherit;font-weight:600;color:var(--on-stop);background:var(--stop);border:2px solid var(--stop);border-radius:.25rem;padding:.6rem 1.25rem;min-height:2.75rem;cursor:pointer}
button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
@media(forced-colors:active){button{border-color:ButtonText}}
`;

/** A page of its own: no script, nothing fetched from anywhere. `body` is HTML. */
export function page(title: string, body: string, words: Words): string {
  return [
    `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="robots" content="noindex,nofollow">',
    `<title>${escapeHtml(title)} · ${words.product}</title><style>${PAGE_STYLE}</style></head>`,
    `<body><main>${body}</main></body></html>`,
  ].join('');
}
