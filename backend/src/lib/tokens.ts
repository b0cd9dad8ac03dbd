import { createHash, randomBytes } from 'node:crypto';

/** A fresh secret of 256 bits for a URL or a header. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256: what is stored in place of a token of 256 random bits, which needs no salt. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
