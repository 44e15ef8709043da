/** Sent with every page: who may frame it, that it runs only its own files, and that its address goes nowhere. */
export function pageHeaders(ancestors: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "frame-src 'self'",
      "form-action 'self' http://localhost:* http://127.0.0.1:* https:",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
      `frame-ancestors ${ancestors}`,
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    // Without it a shop that is cross-origin isolated could not frame the page.
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy':
      'payment=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=()',
  };
}
