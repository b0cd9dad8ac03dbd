import type { Literal } from './ast.ts';
import { ApexSourceError } from './source.ts';
import type { Place } from './source.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** The text that a string literal stands for. */
export function unquoted(source: string): string {
  const inner = source.startsWith("'''") ? source.slice(3, -3).replace(/^\r?\n/, '') : source.slice(1, -1);
  return inner.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, escape: string) =>
    escape.length === 5
      ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      : (ESCAPES[escape] ?? escape),
  );
}

/** A number as Apex types it: whole numbers are Integer, `L` makes Long, `d` Double, a point Decimal. */
export function numberLiteral(text: string, place: Place): Literal {
  if (/l$/i.test(text)) return { type: 'Long', text: text.slice(0, -1) };
  if (/d$/i.test(text)) return { type: 'Double', text: text.slice(0, -1) };
  if (text.includes('.')) return { type: 'Decimal', text };
  // 2147483648 is only an Integer behind a minus sign, which the compiler sees.
  if (Number(text) > 2_147_483_648) throw new ApexSourceError(`Illegal integer: ${text}`, place);
  return { type: 'Integer', text };
}
