/** An object that holds its own fields and nothing else, of whatever realm: its prototype is the last one, or there is none. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
