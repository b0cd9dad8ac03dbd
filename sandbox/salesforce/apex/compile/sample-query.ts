import { emptyBindField } from '../data/bind.ts';
import type { SObjectSchema } from '../../org/types.ts';
import type { Program } from '../types/program.ts';
import type { Type } from '../types/type.ts';

/** A part of a query: its text, or a bound value's type and the field that it is compared with. */
export type SamplePart = string | { readonly type: Type; readonly field: string | undefined };

const SOME_ID = "'000000000000000AAA'";

/** SOQL for some value of a type, by its lower-case name. Texts stand for ids, too: the field tells. */
const SAMPLES: Readonly<Record<string, string>> = {
  id: SOME_ID,
  integer: '1',
  long: '1',
  decimal: '1',
  double: '1',
  boolean: 'true',
  date: '2000-01-01',
  datetime: '2000-01-01T00:00:00Z',
};

/** A query with some value in each bound place, by which its names can be checked before it ever runs. */
export function sampleQuery(parts: readonly SamplePart[], schema: SObjectSchema, program: Program): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const field = emptyBindField(schema, part.field, program);
      const isId = field?.type === 'id' || field?.type === 'reference';
      const [element] = part.type.args;
      if (element === undefined) return isId ? SOME_ID : sampleOf(part.type);
      return `(${isId ? SOME_ID : sampleOf(element)})`;
    })
    .join('');
}

function sampleOf(type: Type): string {
  return type.kind === 'sobject' ? SOME_ID : (SAMPLES[type.name.toLowerCase()] ?? "'x'");
}
