/** Asks in the panel before it is left, or says why it cannot be. Fetched when somebody wants to leave too early. */
import type { Language } from '../../model/languages.ts';
import type { Wish } from './leaving.ts';
import { objectionTo } from './objection.ts';
import { questionStyles } from './question-styles.ts';
import { QUESTION_WORDS } from './question-words.ts';

export interface QuestionOptions {
  /** Where it is asked, above the frame. */
  readonly panel: HTMLElement;
  /** As it stands now: what was asked about may be over by the next change. */
  readonly wish: () => Wish;
  readonly language: Language;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
  readonly onLeave: () => void;
}

/** As long as it takes to read a sentence. */
const NOTICE_MS = 8_000;

/**
 * Until it is answered, or the returned function finds that it is moot. Asked again, it is the one question it was. Its
 * focus is on the answer that loses nothing.
 */
export function ask(options: QuestionOptions): () => void {
  const { panel, wish, language, adopt, onLeave } = options;
  const objection = objectionTo(wish());
  if (!objection) {
    onLeave();
    return () => undefined;
  }
  adopt(questionStyles);
  const words = QUESTION_WORDS[language];
  const root = panel.getRootNode() as ShadowRoot;
  const before = root.activeElement;
  panel.querySelector('.question')?.remove();
  const strip = document.createElement('section');
  strip.className = 'question';
  strip.part.add('question');
  panel.append(strip);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(timer);
    const hadFocus = strip.contains(root.activeElement);
    strip.remove();
    if (hadFocus && before instanceof HTMLElement) before.focus();
  };

  const follow = (): void => {
    if (objectionTo(wish()) !== objection) end();
  };

  if (objection === 'busy') {
    // In a live region that was there before its words are: else some screen readers are silent.
    strip.role = 'status';
    requestAnimationFrame(() => strip.append(line('p', words.busy)));
    timer = setTimeout(end, NOTICE_MS);
    return follow;
  }
  const title = Object.assign(line('h2', words.title), { id: 'question' });
  const text = Object.assign(line('p', words[objection]), { id: 'question-text' });
  strip.role = 'alertdialog';
  strip.setAttribute('aria-labelledby', title.id);
  strip.setAttribute('aria-describedby', text.id);
  const stay = button(words.stay, end);
  const leave = button(words.leave, () => {
    end();
    onLeave();
  });
  leave.className = 'quiet';
  strip.append(title, text, stay, leave);
  // Escape takes the question back, and is used by that.
  strip.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    end();
  });
  stay.focus();
  return follow;
}

function line(tag: 'h2' | 'p', text: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text });
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const it = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  it.addEventListener('click', onClick);
  return it;
}
