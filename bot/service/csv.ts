/** What a spreadsheet takes for the start of a formula (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/**
 * One line of CSV by RFC 4180, without its CRLF. Every field is quoted; one that a spreadsheet would take for a formula
 * gets an apostrophe before it, which spreadsheets do not show.
 */
export function csvLine(fields: readonly (string | number)[]): string {
  return fields.map((field) => `"${guarded(String(field)).replaceAll('"', '""')}"`).join(',');
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
