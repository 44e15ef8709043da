/** How Nixo and Nxos answer instead: the body is each system's own. */
export function refused({
  status,
  code,
  body,
}: {
  readonly status: number;
  readonly code: string;
  readonly body: string;
}): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      ...(code === 'rate_limit_exceeded' && { 'retry-after': '1' }),
    },
  });
}
