import { css } from 'lit';

export const styles = css`
  :host {
    --_ink: var(--kassa-ink, light-dark(#1b1d21, #f1f2f4));
    --_quiet: var(--kassa-quiet, light-dark(#5c626d, #a5abb6));
    --_surface: var(--kassa-surface, light-dark(#fff, #181b21));
    --_line: var(--kassa-line, light-dark(#e3e5e9, #343841));
    --_accent: var(--kassa-accent, light-dark(#2547d0, #9fb2ff));
    --_on-accent: var(--kassa-on-accent, light-dark(#fff, #0d1433));
    --_radius: var(--kassa-radius, 12px);

    display: block;
  }

  :host([display='modal']),
  :host([display='popover']) {
    display: inline-block;
  }

  :host(:not([display='modal'], [display='popover'])) [name='trigger'],
  :host([hidden]) {
    display: none;
  }

  dialog {
    box-sizing: border-box;
    width: 100%;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_ink);
    font: 400 1rem/1.5 var(--kassa-font, system-ui, sans-serif);
  }

  dialog.inline {
    position: static;
  }

  .inside {
    --_room: var(--_last, var(--kassa-min-height, 40rem));
    display: grid;
    min-height: var(--_room);
    border-radius: var(--_radius);
    overflow: clip;
  }

  .inside > *,
  .skeleton,
  .message,
  ::slotted(*) {
    grid-area: 1 / 1;
    min-width: 0;
  }

  .shown {
    min-height: 0;
  }

  iframe,
  ::slotted(iframe) {
    display: block;
    width: 100%;
    height: var(--_room);
    border: 0;
    opacity: 0;
  }

  .shown iframe,
  .shown ::slotted(iframe) {
    opacity: 1;
    transition: opacity 120ms;
  }

  .skeleton {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 1rem;
    padding: 5px;
  }

  .skeleton i {
    height: 3rem;
    border-radius: var(--_radius);
    background: var(--_line);
  }

  .skeleton i:nth-child(3n + 1) {
    grid-column: span 2;
  }

  @media (prefers-reduced-motion: no-preference) {
    .skeleton i {
      animation: breathe 1.6s ease-in-out 400ms infinite alternate;
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  [hidden] {
    display: none;
  }

  .unseen {
    position: absolute;
    clip-path: inset(50%);
  }
`;
