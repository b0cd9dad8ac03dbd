import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors.ts';
import { withoutStrings } from './text.ts';

/** Longest statement that Salesforce accepts, in characters (SOQL and SOSL Limits). */
const MAX_LENGTH = 100_000;

/**
 * Reads a statement into the parser's syntax tree.
 * @throws ApiError MALFORMED_QUERY in Salesforce's words.
 */
export function parseSoql(soql: string): Query & { sObject: string } {
  if (soql.length > MAX_LENGTH) {
    throw malformed(`SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  }
  const code = withoutStrings(soql);
  if (/\bALL\s+ROWS\s*$/i.test(code)) throw malformed('ALL ROWS not allowed in this context');
  if (/\bNOT\s+NOT\b/i.test(code)) throw malformed("unexpected token: 'NOT'");
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw malformed(complaint(error instanceof Error ? error.message : String(error)));
  }
  if (query.sObject === undefined) throw malformed("unexpected token: '<EOF>'");
  return { ...query, sObject: query.sObject };
}

/** Turns the parser's own message into what Salesforce says. */
function complaint(message: string): string {
  const lexing = /unexpected character: ->(.*?)<- at offset: .*\((\d+):(\d+)\)/s.exec(message);
  if (lexing) {
    const [, character = '', line = '1', column = '1'] = lexing;
    const place = `line ${line}:${Number(column) - 1}`;
    return character.startsWith("'")
      ? `${place} mismatched character '<EOF>' expecting '''`
      : `${place} no viable alternative at character '${character}'`;
  }
  const found = /but found(?:: | --> )'?(.*?)'?(?: <--)?\s*$/s.exec(message);
  const token = found?.[1] ? found[1] : '<EOF>';
  if (message.includes('--> RParen <--')) return `expecting a right parentheses, found '${token}'`;
  return `unexpected token: '${token}'`;
}
