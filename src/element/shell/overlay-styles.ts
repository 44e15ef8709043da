/** What a modal, a popover and a sheet need besides the styles of every cashier. */
export const overlayStyles = /* css */ `
  /*
   * The hosted page scrolls in itself, so that the bar with its button is always there: from dialog to frame, each is as
   * high as its content, and shrinks to the room there is.
   */
  dialog:is(:modal, :popover-open) {
    display: flex;
    flex-direction: column;
  }

  dialog:not(.inline) .inside {
    flex: 0 1 auto;
    grid-template-rows: minmax(0, 1fr);
    min-height: 0;
  }

  dialog:not(.inline) .inside:not(.shown) {
    flex-basis: calc(var(--_room) + 2.5rem);
  }

  dialog:not(.inline) .inside > div {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }

  dialog:not(.inline) iframe,
  dialog:not(.inline) ::slotted(iframe) {
    flex: 0 1 auto;
    min-height: 0;
  }

  .handle {
    display: none;
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
    /* Room for the close button, so that it covers nothing. */
    padding: 2.75rem 1.25rem 1.25rem;
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

  dialog.modal::backdrop {
    background: rgb(0 0 0 / 0.5);
  }

  dialog:not(.inline) .close {
    display: grid;
    place-items: center;
    position: absolute;
    z-index: 1;
    inset-block-start: 0;
    inset-inline-end: 0.25rem;
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
      padding: 0 1rem max(0.5rem, env(safe-area-inset-bottom));
    }

    /* As wide as the sheet, for any thumb. */
    .handle {
      display: grid;
      flex: none;
      place-items: center;
      height: 2.75rem;
      touch-action: none;
      cursor: grab;
    }

    .dragged iframe,
    .dragged ::slotted(iframe) {
      pointer-events: none;
    }

    .handle::before {
      content: '';
      width: 2.5rem;
      height: 0.3125rem;
      border-radius: 1rem;
      background: var(--_quiet);
    }

    dialog.popover::backdrop {
      background: rgb(0 0 0 / 0.5);
    }
  }
`;
