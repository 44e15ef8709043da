/** The one frame of an element; the code for it comes when there is something to open. */
import { patiently } from '../patiently.ts';
import type { Frame, HostedPage } from './frame.ts';
import type { FrameHost } from './host.ts';

const loadCode = () => import('./frame.ts');

export class Frames {
  code: Awaited<ReturnType<typeof loadCode>> | undefined;
  /** As long as there is one to look at. */
  frame: Frame | undefined;
  /** How many were asked for, or closed: the last word counts. */
  #turn = 0;

  /** `undefined` when something else was asked for before it came. */
  async load(): Promise<typeof this.code> {
    const turn = this.#turn;
    const code = await patiently(loadCode, () => turn !== this.#turn);
    this.code ??= code;
    return code;
  }

  /**
   * In place of the one that is there, as when a token is renewed before its page has said hello.
   *
   * @throws CashierError
   */
  async open(host: FrameHost, page: HostedPage): Promise<void> {
    this.drop();
    // Once the code is there, at once: there is no moment without a frame.
    const code = this.code ?? (await this.load());
    if (code) this.frame = code.openFrame(host, page, () => this.drop());
  }

  drop(): void {
    this.#turn += 1;
    this.frame?.close();
    this.frame = undefined;
  }
}
