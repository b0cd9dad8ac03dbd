import { malformed } from './errors.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: '_',
  '%': '%',
};

/** A character of a string literal, and whether a backslash stood before it. */
interface Character {
  readonly text: string;
  readonly escaped: boolean;
}

/** The text that a quoted literal stands for (Quoted String Escape Sequences). */
export function unquote(literal: string): string {
  return characters(literal)
    .map((character) => character.text)
    .join('');
}

/** A LIKE pattern as a test: `%` any run, `_` one character, letter case ignored unless told otherwise. */
export function likeTest(literal: string, caseSensitive: boolean): (text: string) => boolean {
  const pattern = characters(literal)
    .map(({ text, escaped }) => {
      if (!escaped && text === '%') return '.*';
      if (!escaped && text === '_') return '.';
      return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    })
    .join('')
    .replace(/(?:\.\*){2,}/g, '.*');
  const matcher = new RegExp(`^${pattern}$`, caseSensitive ? 's' : 'is');
  return (text) => matcher.test(text);
}

function characters(literal: string): Character[] {
  const body = literal.slice(1, -1);
  const read: Character[] = [];
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (character !== '\\') {
      read.push({ text: character, escaped: false });
      continue;
    }
    at += 1;
    const code = body.charAt(at);
    const unicode = /^u([0-9a-fA-F]{4})/.exec(body.slice(at, at + 5))?.[1];
    if (unicode !== undefined) {
      at += 4;
      read.push({ text: String.fromCharCode(Number.parseInt(unicode, 16)), escaped: true });
      continue;
    }
    const text = ESCAPES[code.toLowerCase()];
    if (text === undefined) throw malformed(`Illegal character sequence '\\${code}' in string literal`);
    read.push({ text, escaped: true });
  }
  return read;
}
