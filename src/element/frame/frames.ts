/** The one frame of an element: made at once; the code that speaks with its page comes while that loads. */
import { patiently } from '../patiently.ts';
import type { FrameHost } from './host.ts';
import { type Frame, type HostedPage, makeFrame } from './making.ts';

const loadCode = () => import('./frame.ts');
type Code = Awaited<ReturnType<typeof loadCode>>;

export class Frames {
  #code: Code | undefined;
  /** As long as there is one to look at. */
  frame: Frame | undefined;
  /** How many were asked for, or closed: the last word counts. */
  #turn = 0;

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
    const frame = (this.frame = makeFrame(host, page));
    const speak = (code: Code | undefined): void => code?.speakWith(host, page, frame, () => this.drop());
    if (this.#code) speak(this.#code);
    else void this.load().then(speak);
  }

  drop(): void {
    this.#turn += 1;
    this.frame?.close();
    this.frame = undefined;
  }
}
