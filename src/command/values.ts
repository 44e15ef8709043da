/** Reads what is written after an option; what is none of its kind is said by commander, with the option's name. */
import { InvalidArgumentError } from './commander.ts';

export function readPort(text: string): number {
  if (/^[0-9]{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError(`"${text}" is not a port. Use a number from 1 to 65535, such as 4010.`);
}

/** People write `localhost:3000/kassa/webhook`. */
export function readUrl(text: string): string {
  const url = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  if (/^[^/:\s]+(:[0-9]+)?(\/|$)|^https?:/i.test(text) && URL.canParse(url)) return url;
  throw new InvalidArgumentError(
    `"${text}" is not a URL. Use one such as http://localhost:3000/kassa/webhook.`,
  );
}

/** A variable of the environment that is there and empty says nothing. */
export const readPublicUrl = (text: string): string | undefined => {
  if (text === '') return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError(
    `"${text}" is not a public URL. Use one such as https://pay.example/sandbox.`,
  );
};

export function readAmount(text: string): string {
  if (/^[0-9]{1,15}(\.[0-9]{1,4})?$/.test(text)) return text;
  throw new InvalidArgumentError(`"${text}" is not an amount. Write a decimal number such as 10.05.`);
}
