/** What a modal, a popover and a sheet need besides the styles of every cashier. */
export const overlayStyles = /* css */ `
  /* The panel scrolls, not the dialog: a scroll bar in a rounded corner would square it. */
  dialog:is(:modal, :popover-open) {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
  }

  dialog:not(.inline) {
    position: fixed;
    width: min(28rem, 100vw - 2rem);
    max-height: min(92dvh, 52rem);
    overflow: hidden;
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_line),
      0 1.5rem 4rem rgb(0 0 0 / 0.35);
  }

  dialog:not(.inline) .inside {
    padding: 1.25rem;
    border-radius: 0;
    overflow: auto;
    overscroll-behavior: contain;
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
    position: absolute;
    z-index: 1;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    width: 2.75rem;
    min-height: 2.75rem;
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
    }

    dialog:not(.inline) .inside {
      padding-bottom: max(1.25rem, env(safe-area-inset-bottom));
    }
  }
`;
