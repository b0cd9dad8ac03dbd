import { toId18 } from './ids.ts';
import { parseDate, parseDateTime } from './time.ts';
import type { FieldSchema, SaveError, Value } from './types.ts';

export type Coerced =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: SaveError };

function good(value: Value): Coerced {
  return { ok: true, value };
}

/** A value that a client sent, as messages print it. */
export function shown(raw: unknown): string {
  return typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
}

function wrongType(field: FieldSchema, raw: unknown): Coerced {
  const message = `${field.label}: value not of required type: ${shown(raw)}`;
  return {
    ok: false,
    error: { statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD', message, fields: [field.name] },
  };
}

function coerceBoolean(field: FieldSchema, raw: unknown): Coerced {
  if (typeof raw === 'boolean') return good(raw);
  const text = String(raw).toLowerCase();
  if (text === 'true' || text === '1') return good(true);
  return text === 'false' || text === '0' ? good(false) : wrongType(field, raw);
}

/** Rounds half away from zero at the field's scale, as the platform stores it. */
function rounded(value: number, scale: number): number {
  const text = Math.abs(value).toString();
  if (text.includes('e')) return value;
  return Math.sign(value) * Number(`${Math.round(Number(`${text}e${scale}`))}e-${scale}`);
}

function coerceNumber(field: FieldSchema, raw: unknown): Coerced {
  const isNumeric =
    typeof raw === 'number' ||
    (typeof raw === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(raw));
  const number = isNumeric ? Number(raw) : Number.NaN;
  if (!Number.isFinite(number)) return wrongType(field, raw);
  if (field.type === 'int') return Number.isInteger(number) ? good(number) : wrongType(field, raw);
  return good(rounded(number, field.scale));
}

function coerceReference(field: FieldSchema, raw: unknown): Coerced {
  const id = typeof raw === 'string' ? toId18(raw) : undefined;
  if (id !== undefined) return good(id);
  const message = `${field.label}: id value of incorrect type: ${String(raw)}`;
  return { ok: false, error: { statusCode: 'MALFORMED_ID', message, fields: [field.name] } };
}

/** The chosen values once each, in the order of the picklist, unknown ones after. */
function multiPicklist(field: FieldSchema, text: string): Value {
  const order = new Map(field.picklistValues.map((entry, index) => [entry.value, index]));
  const chosen = new Set(
    text
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
  const rank = (value: string): number => order.get(value) ?? order.size;
  return chosen.size === 0 ? null : [...chosen].sort((left, right) => rank(left) - rank(right)).join(';');
}

/**
 * Turns what a client sent into a stored value: text is trimmed, empty text is null, numbers are rounded to the
 * field's scale. Text is accepted for every type, as CSV sends it.
 */
export function coerce(field: FieldSchema, raw: unknown): Coerced {
  const sent = typeof raw === 'string' ? raw.trim() : raw;
  if (sent === null || sent === undefined || sent === '')
    return good(field.type === 'boolean' ? false : null);
  if (typeof sent === 'object') return wrongType(field, sent);
  switch (field.type) {
    case 'boolean':
      return coerceBoolean(field, sent);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(field, sent);
    case 'reference':
    case 'id':
      return coerceReference(field, sent);
    case 'date': {
      const text = shown(sent);
      const date = parseDate(text) ?? parseDateTime(text)?.slice(0, 10);
      return date === undefined ? wrongType(field, sent) : good(date);
    }
    case 'datetime': {
      const text = shown(sent);
      const moment =
        parseDateTime(text) ?? (parseDate(text) === undefined ? undefined : `${text}T00:00:00.000Z`);
      return moment === undefined ? wrongType(field, sent) : good(moment);
    }
    case 'multipicklist':
      return good(multiPicklist(field, shown(sent)));
    default:
      return good(shown(sent));
  }
}

/** Local part, one @, a domain with a dot whose last label is letters: what the platform takes, not RFC 5322. */
const EMAIL = /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/i;

function isEmail(text: string): boolean {
  const local = text.slice(0, text.lastIndexOf('@'));
  return EMAIL.test(text) && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

function badPicklistValue(field: FieldSchema, value: string): SaveError | undefined {
  if (!field.restrictedPicklist || field.picklistValues.length === 0) return undefined;
  const known = new Set(field.picklistValues.filter((entry) => entry.active).map((entry) => entry.value));
  const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
  const bad = chosen.find((part) => !known.has(part));
  if (bad === undefined) return undefined;
  const message = `${field.label}: bad value for restricted picklist field: ${bad}`;
  return { statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, fields: [field.name] };
}

/** Why a value of the right type does not fit its field, or undefined where it does. */
export function misfit(field: FieldSchema, value: Value): SaveError | undefined {
  if (typeof value === 'number') {
    const whole = field.type === 'int' ? (field.digits ?? 9) : field.precision - field.scale;
    if (Math.abs(value) < 10 ** whole) return undefined;
    const message = `${field.label}: value outside of valid range on numeric field: ${value}`;
    return { statusCode: 'NUMBER_OUTSIDE_VALID_RANGE', message, fields: [field.name] };
  }
  if (typeof value !== 'string') return undefined;
  if (field.length > 0 && value.length > field.length) {
    const message = `${field.label}: data value too large: ${value} (max length=${field.length})`;
    return { statusCode: 'STRING_TOO_LONG', message, fields: [field.name] };
  }
  if (field.type === 'email' && !isEmail(value)) {
    const message = `${field.label}: invalid email address: ${value}`;
    return { statusCode: 'INVALID_EMAIL_ADDRESS', message, fields: [field.name] };
  }
  return field.picklistValues.length > 0 ? badPicklistValue(field, value) : undefined;
}
