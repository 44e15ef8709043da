/**
 * Where the hosted page of all is. PaymentIQ's bootstrapper knows no other on a developer's machine, so it is everybody's;
 * the browser is told that the bench's server stands there. Another site than the shop's: it has a process of its own.
 */
export const HOSTED = 'http://localhost:5000';
