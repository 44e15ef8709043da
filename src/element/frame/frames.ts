/** The one frame of an element. */
import { type Frame, speakWith } from './frame.ts';
import type { FrameHost } from './host.ts';
import { type EarlyFrame, type HostedPage, makeFrame } from './making.ts';

export class Frames {
  /** As long as there is one to look at. */
  frame: Frame | undefined;
  #early: EarlyFrame | undefined;

  /** One that was made early is opened at once, or is not what was wanted. */
  constructor(early?: EarlyFrame) {
    this.#early = early;
    if (early) setTimeout(() => this.#takeEarly());
  }

  /**
   * In place of the one that is there, as when a token is renewed before its page has said hello.
   *
   * @throws CashierError
   */
  open(host: FrameHost, page: HostedPage): void {
    this.drop();
    const early = this.#takeEarly(page, host.lang());
    this.frame = speakWith(host, page, early?.frame ?? makeFrame(host, page), () => this.drop());
    if (early) this.frame.catchUp(early.unheard());
  }

  /** Once: it is gone if it shows another page than this one, or none is to be shown. */
  #takeEarly(wanted?: HostedPage, lang?: string): EarlyFrame | undefined {
    const early = this.#early;
    this.#early = undefined;
    if (!early) return undefined;
    const { page } = early;
    if (page.cashierUrl === wanted?.cashierUrl && page.token === wanted.token && early.lang === lang)
      return early;
    early.close();
    return undefined;
  }

  drop(): void {
    this.frame?.close();
    this.frame = undefined;
  }
}
