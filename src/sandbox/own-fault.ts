/**
 * A fault of the sandbox itself, for whoever runs it; the caller hears in each system's own words that it was not theirs.
 * A query that failed is told by its cause: its own words hold what was stored, also tokens.
 */
export function tellOwnFault(error: unknown): void {
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  // oxlint-disable-next-line no-console -- it has no other way to its author
  console.error(
    'kassa sandbox: a fault of its own.',
    told instanceof Error ? told.stack : 'It threw no error.',
  );
}
