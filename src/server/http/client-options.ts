/** What every client is made of, checked before it is used. */
import { KassaError } from '../../model/errors.ts';
import { safeUrl } from '../../model/safe-url.ts';
import type { UnknownFields } from '../input.ts';
import { type Exchange, fetchExchange } from './exchange.ts';
import { findNodeExchange } from './node-exchange.ts';

type OptionsErrorCode =
  | 'missing-option'
  | 'invalid-option'
  | 'insecure-url'
  | 'in-browser'
  | 'environment-mismatch';

/** A client that cannot work, said at the start rather than at the first payment. */
export class OptionsError extends KassaError<OptionsErrorCode> {}

/** Time, chance and network, and how long to wait for it. */
export interface Surroundings {
  /** Until the whole answer must be there. Default 30 000. */
  readonly timeoutMs?: number;
  /** Allows http to other hosts: for a proxy inside one machine room. */
  readonly allowInsecure?: boolean;
  /** What becomes of fields of an input that Kassa does not know. Default `refuse`. */
  readonly unknownFields?: UnknownFields;
  /** What requests go through. Default: kept connections of `node:http` in Node, the global `fetch` elsewhere. */
  readonly fetch?: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** 0 to 1; spreads retries. */
  readonly random?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

const firstFetch = globalThis.fetch;
const nodeExchange = findNodeExchange();
const globalExchange = fetchExchange((...args) => globalThis.fetch(...args));

/** Whoever puts another `fetch` in the place of the global one, in a test or to watch it, means these requests too. */
const ownExchange: Exchange = (outgoing) =>
  nodeExchange && globalThis.fetch === firstFetch ? nodeExchange(outgoing) : globalExchange(outgoing);

export function readSurroundings(given: Surroundings) {
  return {
    timeoutMs: given.timeoutMs ?? 30_000,
    unknownFields: given.unknownFields ?? 'refuse',
    exchange: given.fetch ? fetchExchange(given.fetch) : ownExchange,
    now: given.now ?? Date.now,
    random: given.random ?? Math.random,
    sleep: given.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))),
  };
}

/** `client` is the function that was called, for the message. */
export function required(client: string, value: string | undefined, name: string, hint: string): string {
  // Not only what the type allows: an unset variable may come as null, and a file of settings may hold a number.
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new OptionsError({
    code: 'missing-option',
    message: `${client}: ${name} is missing.`,
    hint,
    retryable: false,
  });
}

/** The characters a header can carry, without the space: RFC 9110, 5.5. No key of the three systems has others. */
const VISIBLE = /^[\x21-\x7e]*$/;
/**
 * A password is only hashed, so it may be of any language, and hold plain spaces. What cannot be seen in it was not meant:
 * a line break is what a file leaves at its end, others are copied from a page.
 */
export const PRINTABLE = /^(?: |[^\s\p{Cc}\p{Cf}\p{Cs}])*$/u;
/** What becomes of a variable that is not set, where somebody makes a text of it. */
const UNSET = ['undefined', 'null'];

/**
 * What is sent in a header, or secret, must be whole: `fetch` says of a header that it cannot send what was in it, and
 * a server what it cannot read. So it is looked at before, and the message says where the fault is, never what.
 */
function refuseHidden(client: string, value: string, name: string, allowed: RegExp): void {
  if (allowed.test(value)) return;
  const points = Array.from(value);
  const at = points.findIndex((character) => !allowed.test(character));
  const point = (points[at]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new OptionsError({
    code: 'invalid-option',
    message: `${client}: ${name} holds a character that cannot be in it: U+${point}, as number ${at + 1} of ${points.length}.`,
    hint: `Copying, or reading it from a file, often adds a line break or a space: pass ${name} with .trim(), or copy it again.`,
    retryable: false,
  });
}

/** Files of variables are read by some with the quotes that stand in them, and by others without. */
function refuseNotMeant(client: string, value: string, name: string): void {
  const isQuoted = /^(["']).*\1$/s.test(value);
  if (!isQuoted && !UNSET.includes(value)) return;
  throw new OptionsError({
    code: 'invalid-option',
    message: isQuoted
      ? `${client}: ${name} begins and ends with a quotation mark.`
      : `${client}: ${name} is the word "${value}".`,
    hint: isQuoted
      ? 'Take the quotation marks out of the file that it comes from: docker --env-file, for one, keeps them.'
      : 'An environment variable that is not set became a text: set it, and pass it as it is.',
    retryable: false,
  });
}

/** For every option that travels in a header. */
export function readHeader(client: string, value: string, name: string): string {
  refuseHidden(client, value, name, VISIBLE);
  refuseNotMeant(client, value, name);
  return value;
}

/** For what signs or checks a signature; several while one is being replaced. */
export function readSecret<T extends string | readonly string[]>(client: string, value: T, name: string): T {
  for (const secret of [value].flat()) {
    refuseHidden(client, secret, name, PRINTABLE);
    refuseNotMeant(client, secret, name);
  }
  return value;
}

/** http to another machine, in all else as safe as https: no password in it. */
function plainUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' && safeUrl(url.href.replace(/^http:/, 'https:')) ? url : undefined;
}

export function readUrl(client: string, text: string, name: string, allowInsecure = false): URL {
  const url = safeUrl(text) ?? (allowInsecure ? plainUrl(text) : undefined);
  if (url) return url;
  throw new OptionsError({
    code: 'insecure-url',
    message: `${client}: ${name} must be an absolute https URL.`,
    hint: 'http is taken for this machine only (localhost, 127.0.0.1), because the API key travels with each request.',
    retryable: false,
  });
}

/** A key in a page is a key in everybody's hands. */
export function refuseBrowser(client: string): void {
  if ('window' in globalThis && 'document' in globalThis) {
    throw new OptionsError({
      code: 'in-browser',
      message: `${client} runs in a backend, never in a page: the API key would be public.`,
      hint: 'Move it behind a route of your server; createKassa has one.',
      retryable: false,
    });
  }
}

/** A key of one world at an address of the other: whichever of the two is wrong, it must not travel. */
export function refuseMismatch(
  client: string,
  { isLiveKey, isLiveHost }: { readonly isLiveKey: boolean; readonly isLiveHost: boolean },
): void {
  if (isLiveKey === isLiveHost) return;
  throw new OptionsError({
    code: 'environment-mismatch',
    message: isLiveKey
      ? `${client}: a live key is not sent to a sandbox.`
      : `${client}: a test key is not sent to the live system.`,
    hint: 'Change apiKey or baseUrl, so that both are for tests or both are live.',
    retryable: false,
  });
}

/** Where a system is, for its live keys and for those of its sandbox. */
interface System {
  /** The function that was called, for messages. */
  readonly client: string;
  readonly keyHint: string;
  readonly isLive: (apiKey: string) => boolean;
  readonly liveUrl: string;
  readonly testUrl: string;
}

/** The key, and the address that goes with this kind of key unless another is given. */
export function readAccess(
  given: Surroundings & { readonly apiKey: string | undefined; readonly baseUrl?: string | undefined },
  { client, keyHint, isLive, liveUrl, testUrl }: System,
) {
  refuseBrowser(client);
  const apiKey = readHeader(client, required(client, given.apiKey, 'apiKey', keyHint), 'apiKey');
  const isLiveKey = isLive(apiKey);
  const address = given.baseUrl ?? (isLiveKey ? liveUrl : testUrl);
  return { apiKey, isLiveKey, baseUrl: readUrl(client, address, 'baseUrl', given.allowInsecure) };
}
