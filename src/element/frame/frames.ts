/** The one frame of an element. */
import { type Frame, speakWith } from './frame.ts';
import type { FrameHost } from './host.ts';
import { type EarlyFrame, type HostedPage, type MadeFrame, makeFrame } from './making.ts';

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
    const made = this.#takeEarly(page, host.lang()) ?? makeFrame(host, page);
    this.frame = speakWith(host, page, made, () => this.drop());
    this.frame.catchUp();
  }

  /** Once: it is gone if it shows another page than this one, or none is to be shown. */
  #takeEarly(wanted?: HostedPage, lang?: string): MadeFrame | undefined {
    const early = this.#early;
    this.#early = undefined;
    if (!early) return undefined;
    const { frame, page } = early;
    if (page.cashierUrl === wanted?.cashierUrl && page.token === wanted.token && early.lang === lang)
      return frame;
    frame.close();
    return undefined;
  }

  drop(): void {
    this.frame?.close();
    this.frame = undefined;
  }
}
