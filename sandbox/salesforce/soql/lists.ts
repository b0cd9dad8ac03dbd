/** The parser gives one clause bare and several as a list; here it is always a list. */
export function listOf<Item>(clauses: Item | readonly Item[] | undefined): readonly Item[] {
  if (clauses === undefined) return [];
  return isList(clauses) ? clauses : [clauses];
}

/** Array.isArray does not narrow read-only arrays. */
function isList<Item>(clauses: Item | readonly Item[]): clauses is readonly Item[] {
  return Array.isArray(clauses);
}
