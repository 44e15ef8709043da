/** The one frame of an element: made at once; the code that speaks with its page comes while that loads. */
import { patiently } from '../patiently.ts';
import type { FrameHost } from './host.ts';
import { type EarlyFrame, type Frame, type HostedPage, makeFrame } from './making.ts';

const loadCode = () => import('./frame.ts');
type Code = Awaited<ReturnType<typeof loadCode>>;

export class Frames {
  #code: Code | undefined;
  /** As long as there is one to look at. */
  frame: Frame | undefined;
  /** How many were asked for, or closed: the last word counts. */
  #turn = 0;
  #early: EarlyFrame | undefined;

  /** One that was made early is opened at once, or is not what was wanted. */
  constructor(early?: EarlyFrame) {
    this.#early = early;
    if (early) setTimeout(() => this.#takeEarly());
  }

  /** `undefined` when something else was asked for before it came. */
  async load(): Promise<Code | undefined> {
    const turn = this.#turn;
    const code = await patiently(loadCode, () => turn !== this.#turn);
    this.#code ??= code;
    return code;
  }

  /**
   * In place of the one that is there, as when a token is renewed before its page has said hello.
   *
   * @throws CashierError
   */
  open(host: FrameHost, page: HostedPage): void {
    this.drop();
    const frame = (this.frame = this.#takeEarly(page, host.lang()) ?? makeFrame(host, page));
    const speak = (code: Code | undefined): void => code?.speakWith(host, page, frame, () => this.drop());
    if (this.#code) speak(this.#code);
    else void this.load().then(speak);
  }

  /** Once: it is gone if it shows another page than this one, or none is to be shown. */
  #takeEarly(wanted?: HostedPage, lang?: string): Frame | undefined {
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
    this.#turn += 1;
    this.frame?.close();
    this.frame = undefined;
  }
}
