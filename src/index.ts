/** `kassa`: the element's class, its events and types. Importing it registers nothing; `kassa/define` does. */
export { KassaCashier, type Theme } from './element/cashier-element.ts';
export type { CashierAttributes } from './element/attributes.ts';
export type { ChallengeMode, Payment } from './element/challenge/host.ts';
export { CashierError, type CashierErrorCode } from './element/errors.ts';
export {
  KassaChallengeEvent,
  KassaClosedEvent,
  KassaCloseEvent,
  KassaErrorEvent,
  type KassaEventMap,
  KassaExpiringEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaRedirectEvent,
  KassaStatusEvent,
} from './element/events.ts';
export type { DiagnosticEntry } from './element/diagnostics.ts';
export type { Closer, Phase } from './element/machine/machine.ts';
export type { Display } from './element/shell/presentation.ts';
export type { SessionInput } from './element/frame/session-request.ts';
export type { Words } from './element/words/words.ts';
export type { Flow } from './model/flows.ts';
export type { Outcome, OutcomeKind } from './model/outcome.ts';
export type { Status } from './model/statuses.ts';
export type { Dialect, DialectMessage } from './protocol/page-link.ts';
export type { Session } from './wire/session.ts';
