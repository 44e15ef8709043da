/** The check digits of an IBAN (ISO 13616, ISO 7064 MOD 97-10). `iban` has letters and digits only. */
export function hasIbanCheckDigits(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
