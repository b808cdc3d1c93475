/** Hides most of an identifier while enough stays to tell two apart. Hashes are shortened only. */
export function mask(value: string): string {
  if (isHash(value)) return `${value.slice(0, 8)}…`;
  const [local, domain, more] = value.split('@');
  if (local && domain && more === undefined) return `${[...local][0]}•••@${domain}`;
  const letters = [...value];
  if (letters.length <= 4) return `${letters[0] ?? ''}•••`;
  return `${letters.slice(0, 2).join('')}•••${letters.slice(-2).join('')}`;
}

/** SHA-256 in hex, as e-mail addresses and phone numbers are kept, or the beginning of one, as the API shows it. */
export const isHash = (value: string) => /^([0-9a-f]{64}|[0-9a-f]{8}…)$/.test(value);

/** Whether a trait's value names somebody: an e-mail address, or a run of digits as long as a phone number. */
export const isPersonal = (value: string) =>
  /^[^@\s]+@[^@\s]+$/.test(value) || /^\+?[\d\s().-]{8,}$/.test(value);
