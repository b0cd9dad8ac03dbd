import { display } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { integer, items, list, text, textOrNull, typeValue } from '../runtime/read.ts';
import { ApexDecimal, ApexDouble, ApexEnum, ApexList } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { toId } from '../types/conversions.ts';
import { INTEGER, listOf, STRING } from '../types/type.ts';
import { objectToken } from '../data/tokens.ts';
import { javaPattern } from './pattern.ts';

export function strings(values: readonly Value[]): ApexList {
  return new ApexList(listOf(STRING), [...values]);
}

const isBlank = (value: Value | undefined): boolean => (textOrNull(value) ?? '').trim() === '';
const isEmpty = (value: Value | undefined): boolean => (textOrNull(value) ?? '') === '';

/** A stretch of text. @throws ApexFailure for bounds that do not lie within it. */
function slice(whole: string, from: number, to: number): string {
  if (from < 0 || to > whole.length || from > to) {
    raise(
      'StringException',
      from < 0 || from > whole.length
        ? `Starting position out of bounds: ${from}`
        : `Ending position out of bounds: ${to}`,
    );
  }
  return whole.slice(from, to);
}

const format: NativeCode = (_, [pattern, values], frame) => {
  const filled = list(values).items.map((item) => display(item, frame));
  // Two quotes stand for one, as in Java's MessageFormat.
  return text(pattern).replaceAll(/''|\{(\d+)\}/g, (whole, at: string | undefined) =>
    at === undefined ? "'" : (filled[Number(at)] ?? whole),
  );
};

function padded(side: 'padStart' | 'padEnd'): NativeCode {
  return (self, [length, pad]) => text(self)[side](integer(length), pad === undefined ? ' ' : text(pad));
}

const split: NativeCode = (self, [pattern, limit]) => {
  const most = limit === undefined ? 0 : integer(limit);
  const whole = text(self);
  const parts: string[] = [];
  let from = 0;
  for (const match of whole.matchAll(javaPattern(text(pattern), 'g'))) {
    if (most > 0 && parts.length === most - 1) break;
    if (match[0] === '' && (match.index === 0 || match.index === whole.length)) continue;
    parts.push(whole.slice(from, match.index));
    from = match.index + match[0].length;
  }
  if (parts.length === 0) return strings([whole]);
  parts.push(whole.slice(from));
  while (most === 0 && parts.at(-1) === '') parts.pop();
  return strings(parts);
};

const escapeXml = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const capitalise = (value: string): string => value.slice(0, 1).toUpperCase() + value.slice(1);

export const stringTypes = [
  nativeType('String', {
    'static String valueOf(Object value)': (_, [value], frame) => display(value ?? null, frame),
    'static Boolean isBlank(String value)': (_, [value]) => isBlank(value),
    'static Boolean isNotBlank(String value)': (_, [value]) => !isBlank(value),
    'static Boolean isEmpty(String value)': (_, [value]) => isEmpty(value),
    'static Boolean isNotEmpty(String value)': (_, [value]) => !isEmpty(value),
    'static String join(Iterable<Object> parts, String by)': (_, [parts, by], frame) =>
      items(parts)
        .map((item) => display(item, frame))
        .join(text(by)),
    'static String format(String pattern, List<Object> values)': format,
    'static String escapeSingleQuotes(String value)': (_, [value]) => text(value).replaceAll("'", "\\'"),
    'static String fromCharArray(List<Integer> codes)': (_, [codes]) =>
      String.fromCharCode(...list(codes).items.map((code) => integer(code))),
    'Integer length()': (self) => text(self).length,
    'Boolean contains(String part)': (self, [part]) => text(self).includes(text(part)),
    'Boolean containsIgnoreCase(String part)': (self, [part]) =>
      text(self).toLowerCase().includes(text(part).toLowerCase()),
    'Boolean containsNone(String characters)': (self, [characters]) =>
      ![...text(characters)].some((one) => text(self).includes(one)),
    'Boolean containsOnly(String characters)': (self, [characters]) =>
      [...text(self)].every((one) => text(characters).includes(one)),
    'Boolean containsWhitespace()': (self) => /\s/.test(text(self)),
    'Boolean startsWith(String part)': (self, [part]) => text(self).startsWith(text(part)),
    'Boolean startsWithIgnoreCase(String part)': (self, [part]) =>
      text(self).toLowerCase().startsWith(text(part).toLowerCase()),
    'Boolean endsWith(String part)': (self, [part]) => text(self).endsWith(text(part)),
    'Boolean endsWithIgnoreCase(String part)': (self, [part]) =>
      text(self).toLowerCase().endsWith(text(part).toLowerCase()),
    'Boolean equals(String other)': (self, [other]) => text(self) === other,
    'Boolean equalsIgnoreCase(String other)': (self, [other]) =>
      text(self).toLowerCase() === textOrNull(other)?.toLowerCase(),
    'Integer compareTo(String other)': (self, [other]) => compareText(text(self), text(other)),
    'String toLowerCase()': (self) => text(self).toLowerCase(),
    'String toUpperCase()': (self) => text(self).toUpperCase(),
    'String trim()': (self) => text(self).trim(),
    'String normalizeSpace()': (self) => text(self).trim().replaceAll(/\s+/g, ' '),
    'String deleteWhitespace()': (self) => text(self).replaceAll(/\s+/g, ''),
    'String capitalize()': (self) => capitalise(text(self)),
    'String uncapitalize()': (self) => text(self).slice(0, 1).toLowerCase() + text(self).slice(1),
    'String reverse()': (self) => [...text(self)].toReversed().join(''),
    'String repeat(Integer times)': (self, [times]) => text(self).repeat(integer(times)),
    'String substring(Integer from)': (self, [from]) => slice(text(self), integer(from), text(self).length),
    'String substring(Integer from, Integer to)': (self, [from, to]) =>
      slice(text(self), integer(from), integer(to)),
    'String left(Integer length)': (self, [length]) => text(self).slice(0, Math.max(0, integer(length))),
    'String right(Integer length)': (self, [length]) =>
      integer(length) <= 0 ? '' : text(self).slice(-integer(length)),
    'String mid(Integer from, Integer length)': (self, [from, length]) =>
      text(self).slice(Math.max(0, integer(from)), Math.max(0, integer(from)) + integer(length)),
    'String abbreviate(Integer length)': (self, [length]) =>
      text(self).length <= integer(length) ? text(self) : `${text(self).slice(0, integer(length) - 3)}...`,
    'String substringBefore(String mark)': (self, [mark]) =>
      cut(text(self), text(self).indexOf(text(mark)), 0, 'before', text(self)),
    'String substringAfter(String mark)': (self, [mark]) =>
      cut(text(self), text(self).indexOf(text(mark)), text(mark).length, 'after', ''),
    'String substringBeforeLast(String mark)': (self, [mark]) =>
      cut(text(self), text(self).lastIndexOf(text(mark)), 0, 'before', text(self)),
    'String substringAfterLast(String mark)': (self, [mark]) =>
      cut(text(self), text(self).lastIndexOf(text(mark)), text(mark).length, 'after', ''),
    'String substringBetween(String open, String close)': (self, [open, close]) =>
      between(text(self), text(open), text(close)),
    'String removeStart(String part)': (self, [part]) =>
      text(self).startsWith(text(part)) ? text(self).slice(text(part).length) : text(self),
    'String removeEnd(String part)': (self, [part]) =>
      text(self).endsWith(text(part))
        ? text(self).slice(0, text(self).length - text(part).length)
        : text(self),
    'String remove(String part)': (self, [part]) => text(self).replaceAll(text(part), ''),
    'Integer indexOf(String part)': (self, [part]) => text(self).indexOf(text(part)),
    'Integer indexOf(String part, Integer from)': (self, [part, from]) =>
      text(self).indexOf(text(part), integer(from)),
    'Integer indexOfIgnoreCase(String part)': (self, [part]) =>
      text(self).toLowerCase().indexOf(text(part).toLowerCase()),
    'Integer lastIndexOf(String part)': (self, [part]) => text(self).lastIndexOf(text(part)),
    'Integer charAt(Integer at)': (self, [at]) => {
      const whole = text(self);
      if (integer(at) < 0 || integer(at) >= whole.length)
        raise('StringException', `Index out of bounds: ${integer(at)}`);
      return whole.charCodeAt(integer(at));
    },
    'List<Integer> getChars()': (self) =>
      new ApexList(
        listOf(INTEGER),
        [...text(self)].map((one) => one.charCodeAt(0)),
      ),
    'Integer countMatches(String part)': (self, [part]) =>
      text(part) === '' ? 0 : text(self).split(text(part)).length - 1,
    'String replace(String part, String by)': (self, [part, by]) =>
      text(self).replaceAll(text(part), () => text(by)),
    'String replaceAll(String pattern, String by)': (self, [pattern, by]) =>
      text(self).replaceAll(javaPattern(text(pattern), 'g'), text(by)),
    'String replaceFirst(String pattern, String by)': (self, [pattern, by]) =>
      text(self).replace(javaPattern(text(pattern)), text(by)),
    'List<String> split(String pattern)': split,
    'List<String> split(String pattern, Integer limit)': split,
    'String leftPad(Integer length)': padded('padStart'),
    'String leftPad(Integer length, String pad)': padded('padStart'),
    'String rightPad(Integer length)': padded('padEnd'),
    'String rightPad(Integer length, String pad)': padded('padEnd'),
    'Boolean isNumeric()': (self) => /^\d+$/.test(text(self)),
    'Boolean isAlpha()': (self) => /^\p{L}+$/u.test(text(self)),
    'Boolean isAlphanumeric()': (self) => /^[\p{L}\p{N}]+$/u.test(text(self)),
    'Boolean isWhitespace()': (self) => /^\s*$/.test(text(self)),
    'Boolean isAllUpperCase()': (self) => /^\p{Lu}+$/u.test(text(self)),
    'Boolean isAllLowerCase()': (self) => /^\p{Ll}+$/u.test(text(self)),
    'String escapeHtml4()': (self) => escapeXml(text(self)).replaceAll('&#39;', "'"),
    'String escapeXml()': (self) => escapeXml(text(self)).replaceAll('&#39;', '&apos;'),
    'String stripHtmlTags()': (self) => text(self).replaceAll(/<[^>]*>/g, ''),
  }),
  nativeType('Id', {
    'static Id valueOf(String value)': (_, [value]) => toId(text(value)),
    'String to15()': (self) => text(self).slice(0, 15),
    'SObjectType getSObjectType()': (self, _, frame) => {
      const { org } = frame.transaction.host;
      const schema = org.schema.objectOfPrefix(text(self).slice(0, 3));
      return schema === undefined
        ? raise('SObjectException', `Invalid Id: ${text(self)}`)
        : objectToken(schema);
    },
  }),
  nativeType('Boolean', {
    'static Boolean valueOf(Object value)': (_, [value], frame) =>
      typeof value === 'boolean' ? value : display(value ?? null, frame).toLowerCase() === 'true',
  }),
  nativeType('Enum', {
    'static List<SELF> values()': (self, _, frame) =>
      new ApexList(listOf(typeValue(self).of), constantsOf(self, frame)),
    'static SELF valueOf(String name)': (self, [name], frame) => {
      const found = constantsOf(self, frame).find(
        (constant) => constant.name.toLowerCase() === text(name).toLowerCase(),
      );
      return (
        found ?? raise('NoSuchElementException', `No enum constant ${typeValue(self).of.name}.${text(name)}`)
      );
    },
    'String name()': (self, _, frame) => display(self, frame),
    'Integer ordinal()': (self) => (self instanceof ApexEnum ? self.ordinal : 0),
  }),
];

function constantsOf(self: Value, frame: Frame): ApexEnum[] {
  const { of } = typeValue(self);
  const names = of.class?.declaration.constants ?? frame.transaction.program.nativeOf(of)?.constants ?? [];
  return names.map((name, at) => new ApexEnum(of, name, at));
}

function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const difference = one.charCodeAt(at) - other.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function cut(whole: string, at: number, skip: number, side: 'before' | 'after', otherwise: string): string {
  if (at < 0) return otherwise;
  return side === 'before' ? whole.slice(0, at) : whole.slice(at + skip);
}

function between(whole: string, open: string, close: string): string | null {
  const from = whole.indexOf(open);
  const to = from < 0 ? -1 : whole.indexOf(close, from + open.length);
  return to < 0 ? null : whole.slice(from + open.length, to);
}

/** A number given as text. @throws ApexFailure TypeException in Apex's words. */
export function parseNumber(value: string, type: 'Integer' | 'Long' | 'Decimal' | 'Double'): Value {
  const isWhole = /^[+-]?\d+$/.test(value);
  const wrong = (): never => raise('TypeException', `Invalid ${type.toLowerCase()}: ${value}`);
  if (type === 'Integer') {
    return isWhole && Math.abs(Number(value)) <= 2_147_483_648 && Number(value) !== 2_147_483_648
      ? Number(value)
      : wrong();
  }
  if (type === 'Long') return isWhole ? BigInt(value) : wrong();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value.trim())) return wrong();
  if (type === 'Double') return new ApexDouble(Number(value));
  return new ApexDecimal(
    value.trim(),
    value.includes('e') || value.includes('E') ? undefined : (value.trim().split('.')[1]?.length ?? 0),
  );
}
