/** The skeleton breathes once the code of its frame is there; a shopper waits no moment for that. */
export const waitingStyles = /* css */ `
  @media (prefers-reduced-motion: no-preference) {
    .skeleton i {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
`;
