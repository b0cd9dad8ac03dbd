/**
 * Salesforce record ids: 15 case-sensitive characters, or 18 where three characters that encode the letter case follow.
 * Every door accepts both and answers 18.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const ID_PATTERN = /^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/;

/** The three characters that tell which of the 15 are capitals: one per group of five, lowest bit first. */
function suffixOf(id15: string): string {
  let suffix = '';
  for (let group = 0; group < 3; group += 1) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      const character = id15.charAt(group * 5 + index);
      if (character >= 'A' && character <= 'Z') bits |= 1 << index;
    }
    suffix += SUFFIX_DIGITS.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of an id, or undefined where the text is no well-formed id (a wrong suffix included). */
export function toId18(text: string): string | undefined {
  if (!ID_PATTERN.test(text)) return undefined;
  const id15 = text.slice(0, 15);
  const id18 = id15 + suffixOf(id15);
  if (text.length === 18 && text !== id18) return undefined;
  return id18;
}

/** Makes the ids of one sObject in ascending order: prefix, instance, nine base-62 digits. */
export class IdSequence {
  private readonly head: string;
  private next: number;

  /** @param keyPrefix null where records have no ids of their own. */
  constructor(keyPrefix: string | null, start = 1) {
    this.head = `${keyPrefix ?? '000'}Sb0`;
    this.next = start;
  }

  take(): string {
    let rest = this.next;
    this.next += 1;
    let digits = '';
    for (let index = 0; index < 9; index += 1) {
      digits = DIGITS.charAt(rest % 62) + digits;
      rest = Math.floor(rest / 62);
    }
    const id15 = this.head + digits;
    return id15 + suffixOf(id15);
  }
}
