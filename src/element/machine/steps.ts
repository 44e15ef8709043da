/** What every step is made of. */
import type { CashierError } from '../errors.ts';
import type { Effect, State, Step } from './state.ts';

export const stay = <S extends State>(state: S, ...effects: readonly Effect[]) => ({ state, effects });

export function fail(state: State, error: CashierError): Step {
  return stay(
    { ...state, phase: 'failed', error },
    { do: 'stop-timer', name: 'hello' },
    { do: 'tell-error', error },
  );
}

export function withoutError({ error: _dropped, ...rest }: State): State {
  return rest;
}

export const INITIAL: State = {
  phase: 'idle',
  locked: false,
  connected: false,
  loaded: false,
  warm: false,
};
