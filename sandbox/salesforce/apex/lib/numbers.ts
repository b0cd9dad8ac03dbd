import { Decimal } from 'decimal.js';
import type { Frame } from '../runtime/frame.ts';
import { compare } from '../runtime/equality.ts';
import { display } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import { decimal, double, integer, long } from '../runtime/read.ts';
import { ApexDecimal, ApexDouble, ApexEnum } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { toNumber } from '../types/conversions.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { parseNumber } from './strings.ts';

const ROUNDING: Readonly<Record<string, Decimal.Rounding>> = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
};

function rounding(mode: Value | undefined): Decimal.Rounding {
  const name = mode instanceof ApexEnum ? mode.name : 'HALF_UP';
  return ROUNDING[name] ?? raise('MathException', `Rounding necessary: ${name}`);
}

function valueOf(type: 'Integer' | 'Long' | 'Decimal' | 'Double'): NativeCode {
  return (_, [value], frame) => {
    if (value === null || value === undefined)
      return raise('NullPointerException', 'Argument cannot be null.');
    if (typeof value === 'string') return parseNumber(value, type);
    if (typeof value === 'boolean')
      return raise('TypeException', `Invalid ${type.toLowerCase()}: ${display(value, frame)}`);
    return toNumber(value, type.toLowerCase());
  };
}

const setScale: NativeCode = (self, [scale, mode]) =>
  new ApexDecimal(decimal(self).value.toDecimalPlaces(integer(scale), rounding(mode)), integer(scale));

/** Half to even, as `round()` of a Decimal and of Math does. */
const round: NativeCode = (self, [mode]) =>
  BigInt(
    decimal(self)
      .value.toDecimalPlaces(0, mode === undefined ? Decimal.ROUND_HALF_EVEN : rounding(mode))
      .toFixed(0),
  );

function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.');
  const parts = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined || /^0*$/.test(fraction) ? parts : `${parts}.${fraction.replace(/0+$/, '')}`;
}

const divide: NativeCode = (self, [by, scale, mode]) => {
  if (decimal(by).value.isZero()) return raise('MathException', 'Divide by 0');
  return new ApexDecimal(
    decimal(self).value.div(decimal(by).value).toDecimalPlaces(integer(scale), rounding(mode)),
    integer(scale),
  );
};

const pick =
  (better: (order: number) => boolean) =>
  (one: Value | undefined, other: Value | undefined, frame: Frame): Value => {
    if (one === undefined || other === undefined || one === null || other === null)
      return raise('NullPointerException', 'Argument cannot be null.');
    const order = compare(one, other, frame);
    return better(order) ? one : other;
  };
const larger = pick((order) => order >= 0);
const smaller = pick((order) => order <= 0);

export const numberTypes = [
  nativeType(
    'RoundingMode',
    {},
    { constants: ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'] },
  ),
  nativeType('Integer', {
    'static Integer valueOf(String value)': valueOf('Integer'),
    'static Integer valueOf(Object value)': valueOf('Integer'),
    'String format()': (self) => grouped(String(integer(self))),
    'Integer intValue()': (self) => integer(self),
    'Long longValue()': (self) => BigInt(integer(self)),
    'Decimal setScale(Integer scale)': (self, [scale]) => new ApexDecimal(integer(self), integer(scale)),
  }),
  nativeType('Long', {
    'static Long valueOf(String value)': valueOf('Long'),
    'static Long valueOf(Object value)': valueOf('Long'),
    'Integer intValue()': (self) => Number(BigInt.asIntN(32, long(self))),
    'String format()': (self) => grouped(String(long(self))),
  }),
  nativeType('Double', {
    'static Double valueOf(String value)': valueOf('Double'),
    'static Double valueOf(Object value)': valueOf('Double'),
    'Integer intValue()': (self) => Math.trunc(double(self)),
    'Long longValue()': (self) => BigInt(Math.trunc(double(self))),
    'Long round()': (self) => BigInt(Math.round(double(self))),
    'String format()': (self) => grouped(String(double(self))),
  }),
  nativeType('Decimal', {
    'static Decimal valueOf(String value)': valueOf('Decimal'),
    'static Decimal valueOf(Integer value)': valueOf('Decimal'),
    'static Decimal valueOf(Long value)': valueOf('Decimal'),
    'static Decimal valueOf(Double value)': valueOf('Decimal'),
    'Integer scale()': (self) => decimal(self).scale,
    'Integer precision()': (self) =>
      Math.max(
        1,
        decimal(self)
          .value.toFixed(decimal(self).scale)
          .replaceAll(/[-.]|^0+\.?/g, '').length,
      ),
    'Decimal setScale(Integer scale)': setScale,
    'Decimal setScale(Integer scale, RoundingMode mode)': setScale,
    'Long round()': round,
    'Long round(RoundingMode mode)': round,
    'Decimal divide(Decimal by, Integer scale)': divide,
    'Decimal divide(Decimal by, Integer scale, RoundingMode mode)': divide,
    'Decimal abs()': (self) => new ApexDecimal(decimal(self).value.abs(), decimal(self).scale),
    'Decimal stripTrailingZeros()': (self) => new ApexDecimal(decimal(self).value),
    'Integer intValue()': (self) => toNumber(self, 'integer'),
    'Long longValue()': (self) => toNumber(self, 'long'),
    'Double doubleValue()': (self) => toNumber(self, 'double'),
    'String toPlainString()': (self) => decimal(self).toString(),
    'String format()': (self) => grouped(decimal(self).toString()),
  }),
  nativeType('Math', {
    'static Integer max(Integer one, Integer other)': (_, [one, other], frame) => larger(one, other, frame),
    'static Long max(Long one, Long other)': (_, [one, other], frame) => larger(one, other, frame),
    'static Decimal max(Decimal one, Decimal other)': (_, [one, other], frame) => larger(one, other, frame),
    'static Integer min(Integer one, Integer other)': (_, [one, other], frame) => smaller(one, other, frame),
    'static Long min(Long one, Long other)': (_, [one, other], frame) => smaller(one, other, frame),
    'static Decimal min(Decimal one, Decimal other)': (_, [one, other], frame) => smaller(one, other, frame),
    'static Integer abs(Integer value)': (_, [value]) => Math.abs(integer(value)) | 0,
    'static Long abs(Long value)': (_, [value]) => (long(value) < 0n ? -long(value) : long(value)),
    'static Decimal abs(Decimal value)': (_, [value]) =>
      new ApexDecimal(decimal(value).value.abs(), decimal(value).scale),
    'static Integer mod(Integer value, Integer by)': (_, [value, by]) =>
      integer(by) === 0 ? raise('MathException', 'Divide by 0') : (integer(value) % integer(by)) | 0,
    'static Long mod(Long value, Long by)': (_, [value, by]) =>
      long(by) === 0n ? raise('MathException', 'Divide by 0') : long(value) % long(by),
    'static Decimal ceil(Decimal value)': (_, [value]) => new ApexDecimal(decimal(value).value.ceil(), 0),
    'static Decimal floor(Decimal value)': (_, [value]) => new ApexDecimal(decimal(value).value.floor(), 0),
    'static Integer round(Decimal value)': (_, [value]) =>
      decimal(value).value.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toNumber() | 0,
    'static Long roundToLong(Decimal value)': (_, [value]) =>
      BigInt(decimal(value).value.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toFixed(0)),
    'static Double pow(Double value, Double exponent)': (_, [value, exponent]) =>
      new ApexDouble(double(value) ** double(exponent)),
    'static Double sqrt(Double value)': (_, [value]) => new ApexDouble(Math.sqrt(double(value))),
    'static Double random()': () => new ApexDouble(Math.random()),
  }),
];
