import { CashierError } from './errors.ts';

/** Fills in what the place of the error did not say better itself; without the words it is told all the same. */
export async function explained(error: CashierError): Promise<CashierError> {
  const { code, message, hint } = error;
  try {
    const usual = (await import('./explanations.ts')).EXPLANATIONS[code];
    return CashierError.of(code, { message: message || usual.message, hint: hint || usual.hint });
  } catch {
    return error;
  }
}
