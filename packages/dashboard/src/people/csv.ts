/**
 * A CSV file's text: RFC 4180 quoting, CRLF, and a byte order mark so that spreadsheets read UTF-8. Cells that
 * a spreadsheet would take for a formula get a leading apostrophe (OWASP, CSV injection); numbers stay numbers.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
