/** What vitest and jest do to run a test in a DOM without a browser: what such a window has becomes global in Node. */

/** Node has these too, but an element of such a window takes only the window's own. */
const REPLACED = new Set([
  'Event',
  'EventTarget',
  'CustomEvent',
  'MessageEvent',
  'AbortController',
  'AbortSignal',
]);

/**
 * Before anything of the element is imported: it looks for them when it is. `missing` is what Node has and a test of this
 * environment may not.
 */
export function becomeWindow(window: object, missing: readonly string[]): void {
  for (const name of missing) Reflect.deleteProperty(globalThis, name);
  for (const name of Object.getOwnPropertyNames(window)) {
    if (name in globalThis && !REPLACED.has(name)) continue;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => Reflect.get(window, name) as unknown,
      set(value: unknown) {
        Reflect.set(window, name, value);
      },
    });
  }
}
