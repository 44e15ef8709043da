/** What a modal, a popover and a sheet need besides the styles of every cashier. */
export const overlayStyles = /* css */ `
  dialog:not(.inline) {
    position: fixed;
    width: min(28rem, 100vw - 2rem);
    max-height: min(92dvh, 52rem);
    overflow: auto;
    overscroll-behavior: contain;
    padding: 1.25rem;
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_line),
      0 1.5rem 4rem rgb(0 0 0 / 0.35);
  }

  dialog.modal {
    inset: 0;
    margin: auto;
  }

  dialog.popover {
    inset: auto;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }

  dialog:not(.inline) .close {
    display: grid;
    place-items: center;
    position: sticky;
    z-index: 1;
    top: 0;
    width: 2.75rem;
    min-height: 2.75rem;
    margin: -0.75rem -0.75rem -2rem auto;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_quiet);
    cursor: pointer;
  }

  .close:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .close::before {
    content: '×';
    font:
      400 1.75rem/1 system-ui,
      sans-serif;
  }

  @media (max-width: 479.98px) {
    dialog:not(.inline) {
      inset: auto 0 var(--_keyboard, 0px);
      width: 100%;
      max-height: calc(92dvh - var(--_keyboard, 0px));
      margin: 0;
      border-radius: calc(var(--_radius) * 1.5) calc(var(--_radius) * 1.5) 0 0;
      padding-bottom: max(1.25rem, env(safe-area-inset-bottom));
    }
  }
`;
