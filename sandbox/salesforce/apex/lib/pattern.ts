import { raise } from '../runtime/errors.ts';
import { integer, list, state, text } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';

/** A Java expression as JavaScript has it. @throws ApexFailure for what is no expression. */
export function javaPattern(source: string, flags = ''): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const body = (inline === null ? source : source.slice(inline[0].length)).replaceAll(/([*+?}])\+/g, '$1');
  if (source.includes('\\Q'))
    throw new Error(`not supported by this sandbox: \\Q in the expression ${source}`);
  try {
    return new RegExp(
      body,
      [...new Set(`${flags}${inline?.[1] ?? ''}${body.includes('\\p{') ? 'u' : ''}`)].join(''),
    );
  } catch {
    return raise('StringException', `Invalid regex: ${source}`);
  }
}

class CompiledPattern {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
    javaPattern(source);
  }
}

class Matching {
  readonly source: string;
  readonly input: string;
  at = 0;
  found: RegExpExecArray | null = null;

  constructor(source: string, input: string) {
    this.source = source;
    this.input = input;
  }

  find(): boolean {
    const pattern = javaPattern(this.source, 'g');
    pattern.lastIndex = this.at;
    this.found = this.at > this.input.length ? null : pattern.exec(this.input);
    if (this.found !== null) this.at = this.found.index + Math.max(1, this.found[0].length);
    return this.found !== null;
  }

  whole(open: boolean): boolean {
    this.found = javaPattern(`^(?:${this.source})${open ? '' : '$'}`).exec(this.input);
    return this.found !== null;
  }

  current(): RegExpExecArray {
    return this.found ?? raise('StringException', 'No match found');
  }
}

const matching = (self: Value): Matching => state(self, Matching);

export const patternTypes = [
  nativeType('Pattern', {
    'static Pattern compile(String source)': (_, [source]) =>
      new ApexNative('Pattern', new CompiledPattern(text(source))),
    'static Boolean matches(String source, String input)': (_, [source, input]) =>
      new Matching(text(source), text(input)).whole(false),
    'static String quote(String value)': (_, [value]) =>
      text(value).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    'Matcher matcher(String input)': (self, [input]) =>
      new ApexNative('Matcher', new Matching(state(self, CompiledPattern).source, text(input))),
    'String pattern()': (self) => state(self, CompiledPattern).source,
  }),
  nativeType('Matcher', {
    'Boolean matches()': (self) => matching(self).whole(false),
    'Boolean lookingAt()': (self) => matching(self).whole(true),
    'Boolean find()': (self) => matching(self).find(),
    'String group()': (self) => matching(self).current()[0],
    'String group(Integer at)': (self, [at]) => matching(self).current()[integer(at)] ?? null,
    'Integer groupCount()': (self) => (javaPattern(`${matching(self).source}|`).exec('')?.length ?? 1) - 1,
    'Integer start()': (self) => matching(self).current().index,
    'Integer end()': (self) => matching(self).current().index + matching(self).current()[0].length,
    'Boolean hitEnd()': (self) => matching(self).at >= matching(self).input.length,
    'String replaceAll(String by)': (self, [by]) =>
      matching(self).input.replaceAll(javaPattern(matching(self).source, 'g'), text(by)),
    'String replaceFirst(String by)': (self, [by]) =>
      matching(self).input.replace(javaPattern(matching(self).source), text(by)),
  }),
];

/** Text of every item of a list. */
export function texts(value: Value | undefined): string[] {
  return list(value).items.map((item) => text(item));
}
