import type { RecordTable } from './table.ts';
import type { Row } from './types.ts';

interface Change {
  readonly table: RecordTable;
  readonly id: string;
  readonly before: Row | undefined;
}

/** What is to happen once the work it belongs to is kept for good, and what if it is taken back. */
interface Afterwards {
  readonly afterCommit: () => void;
  readonly otherwise: (() => void) | undefined;
}

/** Remembers what rows were before a unit of work, so that the work can be taken back. Units may nest. */
export class Journal {
  private changes: (Change | Afterwards)[] = [];
  /** Whether any change is to be followed by something. */
  private isFollowed = false;
  private depth = 0;

  /** Stores a row and notes what stood there before. */
  put(table: RecordTable, row: Row): void {
    if (this.depth > 0) this.changes.push({ table, id: row.Id, before: table.get(row.Id) });
    table.put(row);
  }

  /**
   * Calls back when the outermost unit is kept; at once outside of units.
   * @param otherwise called where the work is taken back
   */
  afterCommit(callback: () => void, otherwise?: () => void): void {
    if (this.depth === 0) {
      callback();
      return;
    }
    this.changes.push({ afterCommit: callback, otherwise });
    this.isFollowed = true;
  }

  /** Marks this point within a unit. @returns what takes everything since then back. */
  savepoint(): () => void {
    const mark = this.changes.length;
    return () => {
      this.undoTo(mark);
    };
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
      if (this.depth === 0) this.finish();
    }
  }

  private finish(): void {
    const { changes, isFollowed } = this;
    this.changes = [];
    this.isFollowed = false;
    if (!isFollowed) return;
    for (const change of changes) if ('afterCommit' in change) change.afterCommit();
  }

  private undoTo(mark: number): void {
    while (this.changes.length > mark) {
      const change = this.changes.pop();
      if (change === undefined) return;
      if ('afterCommit' in change) change.otherwise?.();
      else if (change.before === undefined) change.table.forget(change.id);
      else change.table.put(change.before);
    }
  }
}
