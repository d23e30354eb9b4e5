import { sha256 as softwareSha256 } from '@noble/hashes/sha2.js';

/**
 * SHA-256 in lower-case hexadecimal. A viewer served over plain http (not from localhost) is no secure context and has no
 * `crypto.subtle`; there it is computed in JavaScript.
 */
export async function sha256(
  bytes: Uint8Array<ArrayBuffer>,
  subtle: Pick<SubtleCrypto, 'digest'> | undefined = globalThis.crypto?.subtle,
): Promise<string> {
  const digest =
    subtle === undefined ? softwareSha256(bytes) : new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}
