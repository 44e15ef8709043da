/** A port from the environment, or a message that says which variable is wrong. */
export function readPort(variable: string, fallback: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  console.error(
    `${variable} is "${text}", which is not a port. Use a number from 1 to 65535, such as ${fallback}.`,
  );
  process.exit(1);
}
