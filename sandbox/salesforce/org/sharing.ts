import type { Row, SaveError, Table, UserContext } from './types.ts';

/** An object's org-wide default: `public` is read and write for everybody. */
export type OrgWideDefault = 'public' | 'private';

/** How far a record is open to a user: `all` is what its owner may do. */
export type RecordLevel = 'none' | 'read' | 'edit' | 'all';

/** Who saves what is somebody else's. */
export const NO_RECORD_ACCESS: SaveError = {
  statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  message: 'insufficient access rights on object id',
  fields: [],
};

/** Who sees and edits which records. No roles, sharing rules, teams or manual shares. */
export class OrgSharing {
  /** Names of private objects in lower case. */
  private readonly closed = new Set<string>();

  set(object: string, access: OrgWideDefault): void {
    if (access === 'private') this.closed.add(object.toLowerCase());
    else this.closed.delete(object.toLowerCase());
  }

  reset(): void {
    this.closed.clear();
  }

  sees(user: UserContext, object: string, row: Row): boolean {
    return this.isOpen(object) || row['OwnerId'] === user.id || othersRecords(user, object) !== 'none';
  }

  edits(user: UserContext, object: string, row: Row): boolean {
    return this.isOpen(object) || row['OwnerId'] === user.id || othersRecords(user, object) === 'edit';
  }

  /** Everybody edits public records; only their owners, and who has Modify All Records, delete them. */
  deletes(user: UserContext, object: string, row: Row): boolean {
    const isOwned = typeof row['OwnerId'] === 'string';
    return isOwned ? this.level(user, object, row) === 'all' : this.edits(user, object, row);
  }

  level(user: UserContext, object: string, row: Row): RecordLevel {
    const others = othersRecords(user, object);
    if (row['OwnerId'] === user.id || others === 'edit') return 'all';
    return this.isOpen(object) ? 'edit' : others;
  }

  /** The table as the user sees it: itself, unless some of its records are hidden from the user. */
  visible(user: UserContext, table: Table): Table {
    const object = table.schema.name;
    if (this.isOpen(object) || othersRecords(user, object) !== 'none') return table;
    return narrowed(table, (row) => row['OwnerId'] === user.id);
  }

  private isOpen(object: string): boolean {
    return this.closed.size === 0 || !this.closed.has(object.toLowerCase());
  }
}

/** View All and Modify All Records; administrators have them on every object. */
function othersRecords(user: UserContext, object: string): 'none' | 'read' | 'edit' {
  return user.isAdmin ? 'edit' : (user.othersRecords?.(object) ?? 'none');
}

function narrowed(table: Table, test: (row: Row) => boolean): Table {
  const kept = function* (rows: Iterable<Row>): Generator<Row> {
    for (const row of rows) if (test(row)) yield row;
  };
  const keptOf = (rows: Iterable<Row> | undefined): Iterable<Row> | undefined => rows && kept(rows);
  return {
    schema: table.schema,
    size: table.size,
    get: (id) => {
      const row = table.get(id);
      return row !== undefined && test(row) ? row : undefined;
    },
    rows: () => kept(table.rows()),
    find: (field, value) => keptOf(table.find(field, value)),
    range: (field, bounds, direction) => keptOf(table.range(field, bounds, direction)),
  };
}
