/** Rows by a numeric id that counts up from 1, in order of creation. */
export class Table<Row extends { readonly id: number }> {
  readonly #rows = new Map<number, Row>();
  #last = 0;

  get size(): number {
    return this.#rows.size;
  }

  /** Adds the row that `make` builds around a fresh id. */
  insert(make: (id: number) => Row): Row {
    this.#last += 1;
    const row = make(this.#last);
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  delete(id: number): boolean {
    return this.#rows.delete(id);
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  find(test: (row: Row) => boolean): Row | undefined {
    for (const row of this.#rows.values()) if (test(row)) return row;
    return undefined;
  }
}

/** Whether two names are one to the vendor, whose database ignores letter case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
