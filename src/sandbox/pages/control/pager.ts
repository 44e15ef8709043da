/** Long lists by page, the newest first. */
import { html, nothing, type TemplateResult } from 'lit';

const ROWS_A_PAGE = 10;

/** The rows of a page; one that is past the end is the last. */
export function pageOf<T>(rows: readonly T[], page: number): readonly T[] {
  const at = Math.min(page, lastPage(rows.length)) * ROWS_A_PAGE;
  return rows.slice(at, at + ROWS_A_PAGE);
}

const lastPage = (length: number): number => Math.max(0, Math.ceil(length / ROWS_A_PAGE) - 1);

export function pager(
  what: string,
  length: number,
  page: number,
  turn: (page: number) => void,
): TemplateResult | typeof nothing {
  const last = lastPage(length);
  if (last === 0) return nothing;
  const shown = Math.min(page, last);
  return html`<nav class="pager" aria-label="Pages of ${what}">
    <button type="button" ?disabled=${shown === 0} @click=${() => turn(shown - 1)}>Newer</button>
    <span>Page ${shown + 1} of ${last + 1}</span>
    <button type="button" ?disabled=${shown === last} @click=${() => turn(shown + 1)}>Older</button>
  </nav>`;
}
