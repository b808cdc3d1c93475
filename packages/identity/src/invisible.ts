/**
 * Characters that copying out of a contact list or a web page leaves behind: zero-width spaces and joiners,
 * direction marks, soft hyphens. They are never part of an e-mail address or a phone number.
 */
export function withoutInvisible(text: string): string {
  return text.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g, '');
}
