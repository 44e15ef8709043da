/** An amount as people of this language write it. Takes the decimal string as it is: no float on the way. */
export function formatAmount(amount: string, currency: string, lang: string): string {
  const options = { style: 'currency', currency } as const;
  try {
    return new Intl.NumberFormat(lang, options).format(amount as `${number}`);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** A day and an hour as people of this language write them, in their own time. */
export function formatMoment(iso: string, lang: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(lang, options).format(Date.parse(iso));
  } catch {
    return iso;
  }
}
