/** Why the demo cannot start, and what to do about it. */
export class StartError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** A port from the environment. @throws StartError that names the variable */
export function readPort(variable: string, fallback: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new StartError(
    `${variable} is "${text}", which is not a port.`,
    `Use a number from 1 to 65535, such as ${fallback}.`,
  );
}
