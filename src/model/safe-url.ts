/** Which addresses Kassa opens, in a page or in a backend. */

/** Hosts that never leave the machine. WHATWG parsing has already folded 127.1, 0x7f.1 and the like to 127.x.y.z. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.[0-9]{1,3}){3}$/.test(hostname)
  );
}

/**
 * The URL if Kassa may open it: https, or http on loopback, no user name or password in it, and a port that exists.
 * Schemes are compared whole: `blob:https://shop.example/…` has an https origin and is still refused.
 */
export function safeUrl(value: string, base?: string): URL | undefined {
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    return undefined;
  }
  if (url.username !== '' || url.password !== '' || url.port === '0') return undefined;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : undefined;
}
