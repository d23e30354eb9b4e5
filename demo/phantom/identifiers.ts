import { seededRandom } from '../../extension/src/core/random';

/**
 * A DICOM UID under 2.25, the root for UUIDs (PS3.5 B.2), the same for the same seed and purpose.
 * The UUID is of version 8 (RFC 9562: contents defined by the maker).
 */
export function derivedUid(seed: number, purpose: number): string {
  const random = seededRandom(seed, 0x5fa00000 + purpose);
  let value = 0n;
  for (let i = 0; i < 8; i++) value = (value << 16n) | BigInt(random.below(65536));
  value = (value & ~(0xfn << 76n)) | (8n << 76n);
  value = (value & ~(3n << 62n)) | (2n << 62n);
  return `2.25.${value}`;
}
