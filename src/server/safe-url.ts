/** The URL if a backend may use it or send a shopper there: absolute, https, or http on this machine. */
export function safeUrl(text: string, allowInsecure = false): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  return url?.protocol === 'http:' && (allowInsecure || isLoopback(url.hostname)) ? url : undefined;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[a-z0-9-]+\.localhost)$/.test(hostname);
}
