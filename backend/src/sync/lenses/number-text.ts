import { Decimal } from 'decimal.js';

/** Longer texts are no numbers. The largest double has 309 digits. */
const LONGEST = 400;

/** Currency signs with letters, in lower case; ISO 4217 codes are known by themselves. */
const LETTER_SIGNS = new Set(
  'r$ c$ a$ s$ nt$ kr kr. kč zł ft lei лв лв. руб руб. р. fr fr. rs rs. rm rp rp. s/ s/. bs bs. tl'.split(
    ' ',
  ),
);
/** A sign alone, or with its country: `US$`, `$US`, `£GB`. `MM$` means millions. */
const SIGN = /^(?:(?!MM)\p{Lu}{2})?\p{Sc}$|^\p{Sc}(?!MM)\p{Lu}{2}$/u;
const ISO_CODES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Digits in threes; the separator and the decimal mark are different characters. */
const GROUPED: readonly { readonly shape: RegExp; readonly group: RegExp }[] = [
  { shape: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/, group: /,/g },
  { shape: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/, group: /\./g },
  { shape: /^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?$/, group: / /g },
  { shape: /^[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d+)?$/, group: /['’]/g },
  // Lakhs and crores.
  { shape: /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/, group: /,/g },
];

/**
 * A number written by a person or a machine: `1234.5`, `$1,234.50`, `1.234,50 €`, `(1,200)`, `1 234,5`,
 * `1'234.50`, `EUR -5`, `5-`; with `percent` also `45 %`. Null for anything else: nothing is guessed.
 *
 * A lone dot is a decimal mark (`1.234` is less than two). A lone comma before exactly three digits
 * separates thousands (`1,234`), any other lone comma is a decimal mark (`1,23`, `1234,567`, `0,123`).
 */
export function parseNumber(raw: string, options: { readonly percent: boolean }): Decimal | null {
  if (/^-?\d{1,20}(?:\.\d{1,20})?$/.test(raw)) return new Decimal(raw);
  if (raw.length > LONGEST) return null;
  if (/^-?\d(?:\.\d+)?e[+-]\d{1,3}$/.test(raw)) return new Decimal(raw);

  let text = raw
    .replace(/\s+/g, ' ')
    .replace(/[\u2212\u2013]/g, '-')
    .trim();
  let signs = '';
  const parenthesised = /^\((.*)\)$/.exec(text);
  if (parenthesised?.[1] !== undefined) {
    signs = '-';
    text = parenthesised[1];
  }
  const around = /^(?<before>\D*)(?<body>\d(?:.*\d)?)(?<after>\D*)$/.exec(text)?.groups;
  if (around === undefined) return null;
  let { before = '', body = '' } = around;
  const { after = '' } = around;
  if (/[.,]$/.test(before) && !isCurrency(word(before))) {
    body = before.slice(-1) + body;
    before = before.slice(0, -1);
  }
  signs += (before + after).replace(/[^+-]/g, '');
  if (signs.length > 1 || !isMark(word(before), word(after), options.percent)) return null;
  const digits = plain(body);
  if (digits === null) return null;
  const number = new Decimal(digits);
  return signs === '-' ? number.negated() : number;
}

/** What stands beside a number, without signs and spaces. */
function word(text: string): string {
  return text.replace(/[+\- ]/g, '');
}

/** A currency on either side (or both: `$5 USD`), or a percent sign behind. */
function isMark(before: string, after: string, percent: boolean): boolean {
  if (before !== '' && !isCurrency(before)) return false;
  return after === '' || isCurrency(after) || (percent && before === '' && after === '%');
}

function isCurrency(mark: string): boolean {
  const lower = mark.toLowerCase();
  return SIGN.test(mark) || LETTER_SIGNS.has(lower) || ISO_CODES.has(lower);
}

/** The digits with a dot as decimal mark and without separators; null when they are not grouped as numbers are. */
function plain(body: string): string | null {
  if (/^\d*(?:\.\d+)?$/.test(body)) return body;
  for (const { shape, group } of GROUPED) {
    if (shape.test(body)) return body.replace(group, '').replace(',', '.');
  }
  return /^\d*,\d+$/.test(body) ? body.replace(',', '.') : null;
}
