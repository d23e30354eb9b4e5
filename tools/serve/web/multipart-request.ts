/**
 * The parts of a `multipart/related` body (RFC 2387), without their headers; null where the content type is another or the body
 * does not hold what it announces.
 */
export function parts(body: Buffer, contentType: string): Buffer[] | null {
  const boundary = /^multipart\/related\b/i.test(contentType)
    ? (/boundary="([^"]+)"/i.exec(contentType)?.[1] ?? /boundary=([^;\s]+)/i.exec(contentType)?.[1])
    : undefined;
  if (boundary === undefined) return null;
  const delimiter = Buffer.from(`--${boundary}`);
  const found: Buffer[] = [];
  for (let start = body.indexOf(delimiter); start >= 0;) {
    const afterDelimiter = start + delimiter.length;
    if (body.toString('latin1', afterDelimiter, afterDelimiter + 2) === '--') return found;
    const headersEnd = body.indexOf('\r\n\r\n', afterDelimiter);
    if (headersEnd < 0) return null;
    const next = body.indexOf(Buffer.from(`\r\n--${boundary}`), headersEnd + 2);
    if (next < 0) return null;
    found.push(body.subarray(headersEnd + 4, Math.max(headersEnd + 4, next)));
    start = next + 2;
  }
  return null;
}
