/** The statement with its string literals blanked out, so that positions stay and only code is searched. */
export function withoutStrings(soql: string): string {
  return soql.replace(/'(?:\\.|[^'\\])*'/gs, (literal) => ' '.repeat(literal.length));
}
