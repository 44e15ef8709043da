/** Reads request bodies, and says clearly what is wrong with one. */
import { isStorable } from './store/storable.ts';

/** A 422 like every fault that has no code of its own; the path is empty, because it is the whole body. */
export class MalformedBody extends Error {
  toResponse(): Response {
    const { message } = this;
    return Response.json({ message, errors: [{ path: '', message }] }, { status: 422 });
  }
}

interface TextBody {
  text(): Promise<string>;
}

export async function readJson(request: TextBody): Promise<unknown> {
  const text = await request.text();
  try {
    return (isPlain(text) ? JSON.parse(text) : JSON.parse(text, refuseUnstorable)) as unknown;
  } catch (error) {
    if (error instanceof MalformedBody) throw error;
    throw new MalformedBody(
      text === '' ? 'The body is empty; send a JSON object.' : 'The body is not JSON; send a JSON object.',
    );
  }
}

const LENGTH_OF_MOST = 4_096;

/**
 * Only by an escape can JSON in UTF-8 say what no one can read; to look at each value takes longer than to parse them all.
 * A long one is looked at also for its depth: what cannot be walked through cannot be written either.
 */
const isPlain = (text: string): boolean => text.length <= LENGTH_OF_MOST && !text.includes('\\u');

function refuseUnstorable(key: string, value: unknown): unknown {
  if (isStorable(key) && (typeof value !== 'string' || isStorable(value))) return value;
  throw new MalformedBody('The body has a text with U+0000 or half a surrogate pair, which no one can read.');
}
