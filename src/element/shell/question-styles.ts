/** The look of the question whether to leave: a strip above the frame, in sight wherever the panel is scrolled to. */
export const questionStyles = /* css */ `
  .question {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    align-self: start;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    padding: 1rem 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_ink);
    box-shadow: 0 0.75rem 2rem rgb(0 0 0 / 0.25);
  }

  .question h2,
  .question p {
    flex: 1 0 100%;
    margin: 0;
  }

  .question h2 {
    font-size: 1.0625rem;
    line-height: 1.35;
  }

  .question p {
    color: var(--_quiet);
  }

  .question button {
    flex: 1;
    min-height: 2.75rem;
    margin-top: 0.25rem;
    padding-inline: 1.25rem;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  .question .quiet {
    border-color: var(--_line);
    background: none;
    color: var(--_ink);
  }

  .question button:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (forced-colors: active) {
    .question,
    .question button {
      border: 1px solid;
    }
  }
`;
