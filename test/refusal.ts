import assert from 'node:assert/strict';

/** The error that this call is refused with; a failed test if it is not refused, or with anything else. */
export async function refusalOf<T extends Error>(
  call: Promise<unknown>,
  isKind: (error: unknown) => error is T,
): Promise<T> {
  try {
    await call;
  } catch (error) {
    assert.ok(isKind(error), String(error));
    return error;
  }
  return assert.fail('it was not refused');
}
