/** How people around the world write. */
export const locales = [
  'en-US',
  'en-IN',
  'de-DE',
  'de-CH',
  'fr-FR',
  'es-ES',
  'pt-BR',
  'sv-SE',
  'pl-PL',
  'ja-JP',
] as const;

export const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'SEK', 'PLN', 'BRL', 'JPY', 'INR'] as const;

/** An amount with its separators and its currency's sign. */
export function money(amount: number, locale: string, currency: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(amount);
}

export const zoneOffsets = [
  'Z',
  '+00:00',
  '+0000',
  '+05:30',
  '-03:30',
  '+14:00',
  '-11:00',
  '+01:00',
] as const;
