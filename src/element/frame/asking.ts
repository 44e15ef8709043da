/** Who is asked for a session, and one question at a time: the last one counts. */
import { servedSession } from './served.ts';
import type { EarlySession, SessionInput, Source } from './session-request.ts';
import { type FreshSession, loadSession, type SessionQuestion } from './session-source.ts';

export interface AskedTag {
  readonly session: SessionInput | undefined;
  readonly sessionUrl: string | undefined;
}

export class Asking {
  readonly #tag: Element & AskedTag;
  #asked: Source | undefined;
  #question: AbortController | undefined;
  #early: EarlySession | undefined;

  /** What is asked early is for a question that is asked at once, if that is the same. */
  constructor(tag: Element & AskedTag, early?: EarlySession) {
    this.#tag = tag;
    this.#early = early;
    if (early) setTimeout(() => this.#takeEarly()?.stop());
  }

  get source(): Source | undefined {
    return this.#tag.session ?? servedSession(this.#tag) ?? this.#tag.sessionUrl;
  }

  /** There is somebody else to ask than before. `failed`: a function that is another one may do better. */
  isNews(failed: boolean): boolean {
    const { source } = this;
    return source !== undefined && !isSame(source, this.#asked, failed);
  }

  /** `undefined` when another question was asked meanwhile, or nobody wants to know any more. */
  async ask(
    source: Source,
    question: Omit<SessionQuestion, 'source' | 'signal' | 'early'>,
  ): Promise<FreshSession | undefined> {
    this.stop();
    this.#asked = source;
    const { signal } = (this.#question = new AbortController());
    try {
      const fresh = await loadSession({ ...question, source, signal, early: this.#takeEarly() });
      return signal.aborted ? undefined : fresh;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  stop(): void {
    this.#question?.abort();
  }

  #takeEarly(): EarlySession | undefined {
    const early = this.#early;
    this.#early = undefined;
    return early;
  }
}

/** Frameworks hand over equal values anew with each render: a session is the same while its token is. */
function isSame(now: Source, before: Source | undefined, failed: boolean): boolean {
  if (now === before) return true;
  if (typeof now === 'function') return !failed && typeof before === 'function';
  const token = tokenOf(now);
  return token !== undefined && token === tokenOf(before);
}

const tokenOf = (source: Source | undefined): string | undefined =>
  typeof source === 'object' && 'token' in source ? source.token : undefined;
