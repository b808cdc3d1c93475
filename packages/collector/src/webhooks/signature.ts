import { createHmac, timingSafeEqual } from 'node:crypto';

const SHA256_BYTES = 32;

/** Whether `signature` is the base64 of the body's HMAC-SHA256 under this secret. Takes as long for any wrong one. */
export function isSigned(body: Buffer, secret: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64');
  const made = createHmac('sha256', secret).update(body).digest();
  return given.length === SHA256_BYTES && timingSafeEqual(given, made);
}
