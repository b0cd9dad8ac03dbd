const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a Salesforce id, whose last three characters say which of the first 15 are capitals.
 * Undefined for what is no id, or an 18-character form whose end does not fit its beginning.
 */
export function toLongId(id: string): string | undefined {
  if (!/^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(id)) return undefined;
  const short = id.slice(0, 15);
  const checksum = [0, 5, 10].map((start) => checksumOf(short.slice(start, start + 5))).join('');
  return id.length === 15 || id.slice(15) === checksum ? short + checksum : undefined;
}

function checksumOf(five: string): string {
  let bits = 0;
  for (const [position, character] of [...five].entries()) {
    if (/[A-Z]/.test(character)) bits |= 1 << position;
  }
  return ALPHABET.charAt(bits);
}
