/**
 * The skeleton breathes, once the code of its frame is there and only for who really waits: each picture of it is painted
 * while the page loads.
 */
export const waitingStyles = /* css */ `
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
`;
