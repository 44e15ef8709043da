/** One chunk of what only a failing cashier needs. */
export { explanationOf } from './explanations.ts';
export { furnishCard } from './card.ts';
export { warnAuthor } from './warnings.ts';
