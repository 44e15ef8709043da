import { css } from 'lit';

export const styles = css`
  :host {
    --_ink: var(--kassa-ink, light-dark(#1b1d21, #f1f2f4));
    --_quiet: var(--kassa-quiet, light-dark(#5c626d, #a5abb6));
    --_surface: var(--kassa-surface, light-dark(#ffffff, #181b21));
    --_line: var(--kassa-line, light-dark(#e3e5e9, #343841));
    --_accent: var(--kassa-accent, light-dark(#2547d0, #9fb2ff));
    --_on-accent: var(--kassa-on-accent, light-dark(#ffffff, #0d1433));
    --_radius: var(--kassa-radius, 12px);

    display: block;
    color: var(--_ink);
    font: 400 1rem/1.5 var(--kassa-font, system-ui, sans-serif);
  }

  :host([display='modal']),
  :host([display='popover']) {
    display: inline-block;
  }

  :host([hidden]) {
    display: none;
  }

  :host(:state(page-both)) {
    color-scheme: light dark;
  }

  :host(:state(page-dark)) {
    color-scheme: dark;
  }

  :host(:state(page-light)),
  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
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
    color: inherit;
  }

  dialog.inline {
    position: static;
  }

  .close {
    display: none;
  }

  .inside {
    --_room: max(var(--kassa-min-height, 27rem), var(--_last));
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

  iframe {
    display: block;
    width: 100%;
    height: var(--_room);
    border: 0;
    opacity: 0;
  }

  .shown iframe {
    opacity: 1;
    transition: opacity 120ms;
  }

  .skeleton {
    display: grid;
    align-content: start;
    gap: 1rem;
    padding: 5px;
    pointer-events: none;
  }

  .skeleton i {
    height: 3rem;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .skeleton i:first-child {
    width: 45%;
    height: 1.75rem;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  .message {
    align-self: center;
    justify-self: center;
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    max-width: 26rem;
    padding: 2rem 1.25rem;
    text-align: center;
  }

  .message::before {
    content: '!';
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border: 2px solid var(--_quiet);
    border-radius: 50%;
    color: var(--_quiet);
    font:
      700 1.25rem/1 system-ui,
      sans-serif;
  }

  [hidden] {
    display: none;
  }

  h2 {
    margin: 0;
    font-size: 1.125rem;
    line-height: 1.35;
    text-wrap: balance;
  }

  p {
    margin: 0;
    color: var(--_quiet);
  }

  button {
    margin-top: 0.75rem;
    min-height: 2.75rem;
    padding-inline: 1.5rem;
    border: 0;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton i,
    iframe {
      animation: none;
      transition: none;
    }
  }
`;
