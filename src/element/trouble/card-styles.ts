/** The look of the error card. */
export const cardStyles = /* css */ `
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

  .message h2 {
    margin: 0;
    font-size: 1.125rem;
    line-height: 1.35;
    text-wrap: balance;
  }

  .message p {
    margin: 0;
    color: var(--_quiet);
  }

  .message button {
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

  .message button:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .message a {
    padding: 0.5rem;
    color: var(--_accent);
    font-weight: 600;
  }

  .message a:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (forced-colors: active) {
    .message button {
      border: 1px solid;
    }
  }
`;
