/**
 * The transaction as a handler gets it. A handler that was given up may still be running when its transaction is over,
 * and its connection somebody else's: whatever it sends then must not reach the database.
 */
export interface Door<Tx> {
  readonly tx: Tx;
  close(): void;
}

export function openDoor<Tx extends object>(transaction: Tx): Door<Tx> {
  let isOpen = true;
  const pass = (): void => {
    if (!isOpen)
      throw new Error('This transaction has ended: the handler took too long, or did not await its work.');
  };

  function guard<T extends object>(target: T, owner: unknown, name: string | symbol): T {
    return new Proxy(target, {
      get(it, key) {
        const value: unknown = Reflect.get(it, key, it);
        // A proxy must show what is fixed as it is.
        const isFixed = Object.getOwnPropertyDescriptor(it, key)?.configurable === false;
        return typeof value === 'function' && !isFixed ? guard(value, it, key) : value;
      },
      apply(it, self, args: unknown[]) {
        pass();
        const nested = name === 'savepoint' ? args.map(guardCallback) : args;
        return (Reflect.apply as (...given: unknown[]) => unknown)(it, owner ?? self, nested);
      },
    });
  }

  /** A savepoint hands a transaction of its own to its callback. */
  const guardCallback = (argument: unknown): unknown =>
    typeof argument === 'function'
      ? (inner: object) => (argument as (tx: object) => unknown)(guard(inner, undefined, ''))
      : argument;

  return { tx: guard(transaction, undefined, ''), close: () => (isOpen = false) };
}
