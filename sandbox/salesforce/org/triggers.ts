import type { Row, UserContext } from './types.ts';

export type TriggerOperation = 'insert' | 'update' | 'delete' | 'undelete';

/** One record in a trigger. In `before` events of inserts and updates `next` may be changed in place. */
export interface TriggerRow {
  readonly old: Row | undefined;
  readonly next: Row | undefined;
  /** Refuses the record, as `addError` does in Apex. */
  addError(message: string, options?: { field?: string; statusCode?: string }): void;
}

export interface TriggerEvent {
  readonly operation: TriggerOperation;
  readonly object: string;
  readonly user: UserContext;
  /** At most 200. */
  readonly rows: readonly TriggerRow[];
  /** Whether a Bulk API job saves them. */
  readonly isBulk?: boolean;
}

/** The package's Apex triggers as every write path meets them. They may save through the org themselves. */
export interface Triggers {
  before(event: TriggerEvent): void;
  after(event: TriggerEvent): void;
}
