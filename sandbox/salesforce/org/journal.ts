import type { RecordTable } from './table.ts';
import type { Row } from './types.ts';

interface Change {
  readonly table: RecordTable;
  readonly id: string;
  readonly before: Row | undefined;
}

/** Remembers what rows were before a unit of work, so that the work can be taken back. Units may nest. */
export class Journal {
  private changes: Change[] = [];
  private depth = 0;

  /** Stores a row and notes what stood there before. */
  put(table: RecordTable, row: Row): void {
    if (this.depth > 0) this.changes.push({ table, id: row.Id, before: table.get(row.Id) });
    table.put(row);
  }

  /** Runs work as one unit: kept when `commits` says so of its outcome, taken back otherwise or when it throws. */
  unit<T>(work: () => T, commits: (outcome: T) => boolean): T {
    const mark = this.changes.length;
    this.depth += 1;
    let kept = false;
    try {
      const outcome = work();
      kept = commits(outcome);
      return outcome;
    } finally {
      this.depth -= 1;
      if (!kept) this.undoTo(mark);
      if (this.depth === 0) this.changes = [];
    }
  }

  private undoTo(mark: number): void {
    while (this.changes.length > mark) {
      const change = this.changes.pop();
      if (change === undefined) return;
      if (change.before === undefined) change.table.forget(change.id);
      else change.table.put(change.before);
    }
  }
}
