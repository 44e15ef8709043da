/** The conformance kit of the frame protocol: checks for a hosted page, and pages to try an element against. */
export { type CheckName, CHECKS, checkHostedPage, type CheckOptions, type Finding } from './check.ts';
export { type Behaviour, type FramePart, isBehaviour, playFrame } from './frames.ts';
