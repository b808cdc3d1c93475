type Traits = Record<string, unknown>;

/**
 * Replaces `email` and `phone` by their SHA-256 (hex, of the normalised value) in place. Only spellings are
 * hashed here whose normal form is beyond doubt, an ASCII address and a phone number with `+` and country code:
 * the collector normalises all others and hashes them itself. The same goes for pages without HTTPS, where
 * browsers have no `crypto.subtle`.
 */
export function hashTraits(traits: Traits, subtle: SubtleCrypto | undefined): Promise<unknown> {
  const email = String(traits['email']).trim().toLowerCase();
  const phone = String(traits['phone']).replace(/[\s.-]/g, '');
  return Promise.all([
    /^[!-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(email) && hash('email', email),
    /^\+[1-9]\d{7,14}$/.test(phone) && hash('phone', phone),
  ]);

  async function hash(key: string, text: string): Promise<void> {
    if (!subtle) return;
    const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
    delete traits[key];
    traits[`${key}_sha256`] = Array.from(new Uint8Array(digest), (byte) =>
      (byte + 256).toString(16).slice(1),
    ).join('');
  }
}
