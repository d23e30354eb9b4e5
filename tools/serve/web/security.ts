import type { IncomingMessage } from 'node:http';

/**
 * Headers of every answer. Cross-origin isolation gives the model's runtime its threads; the content security policy keeps the
 * unmodified viewer, and everything that it loads, from asking any other origin than this one (and those of remote bundles).
 */
export function securityHeaders(bundles: readonly string[]): Record<string, string> {
  const origins = bundles
    .filter(bundle => /^https?:/.test(bundle))
    .map(bundle => ` ${new URL(bundle).origin}`);
  const remote = [...new Set(origins)].join('');
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': [
      "default-src 'self'",
      // The viewer has inline scripts; its codecs and the runtime compile WebAssembly and functions.
      "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "font-src 'self' data:",
      "worker-src 'self' blob:",
      `connect-src 'self' data: blob:${remote}`,
      "object-src 'self' blob:",
      "frame-src 'self' blob:",
      "base-uri 'self'",
      "form-action 'self'",
    ].join('; '),
  };
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Other web sites must not reach the patients' images through the user's own browser: a server that listens on this computer
 * alone answers only under its own names (a foreign name that resolves to it is an attack), and nobody else's page may store here.
 */
export function isTrustedRequest(request: IncomingMessage, address: string): boolean {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  const local = address === '127.0.0.1' || address === '::1' || address === 'localhost';
  if (local && !loopbackNames.has(name)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}
