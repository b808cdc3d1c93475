/** The address if it may be linked: http and https only. What visitors sent may be any text, `javascript:` included. */
export function safeLink(text: string): string | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}
