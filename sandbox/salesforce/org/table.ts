import { HashIndex } from './hash-index.ts';
import { IdSequence, toId18 } from './ids.ts';
import { OrderedIndex } from './ordered-index.ts';
import type { SObjectDefinition } from './schema.ts';
import type { Bounds, FieldSchema, Row, Table, Value } from './types.ts';

const ORDERED = new Set(['Id', 'SystemModstamp', 'CreatedDate', 'LastModifiedDate']);
/** Nearly every record names the same few people here; an index would not narrow anything. */
const UNSELECTIVE = new Set(['CreatedById', 'LastModifiedById']);

function isHashed(field: FieldSchema): boolean {
  if (UNSELECTIVE.has(field.name)) return false;
  return (
    field.type === 'reference' ||
    field.type === 'email' ||
    field.externalId ||
    field.unique ||
    field.idLookup ||
    field.name === 'Name' ||
    /_id__c$/i.test(field.name)
  );
}

/**
 * One sObject's records in memory. A stored row is never changed in place: a save puts a new row in its stead,
 * so that who holds the old one keeps what it read. Indexes are built when first asked for and then kept.
 */
export class RecordTable implements Table {
  readonly schema: SObjectDefinition;
  private readonly byId = new Map<string, Row>();
  private readonly hashes = new Map<string, HashIndex>();
  private readonly orders = new Map<string, OrderedIndex>();
  private readonly sequence: IdSequence;
  private autoNumber = 0;

  constructor(schema: SObjectDefinition) {
    this.schema = schema;
    this.sequence = new IdSequence(schema.keyPrefix);
  }

  get size(): number {
    return this.byId.size;
  }

  /** By 15- or 18-character id. */
  get(id: string): Row | undefined {
    const found = this.byId.get(id);
    if (found !== undefined) return found;
    const id18 = toId18(id);
    return id18 === undefined ? undefined : this.byId.get(id18);
  }

  rows(): Iterable<Row> {
    return this.byId.values();
  }

  private *byIds(ids: Iterable<string>): Generator<Row> {
    for (const id of ids) {
      const row = this.byId.get(id);
      if (row !== undefined) yield row;
    }
  }

  find(field: string, value: Value): Iterable<Row> | undefined {
    const schema = this.schema.field(field);
    if (schema === undefined || value === null) return undefined;
    const isId = schema.type === 'reference' || schema.type === 'id';
    const wanted = isId && typeof value === 'string' ? (toId18(value) ?? value) : value;
    if (schema.name === 'Id') return this.byIds(typeof wanted === 'string' ? [wanted] : []);
    const index = this.hashIndex(schema);
    return index === undefined ? undefined : this.byIds(index.ids(wanted));
  }

  range(field: string, bounds: Bounds, direction: 'asc' | 'desc'): Iterable<Row> | undefined {
    const schema = this.schema.field(field);
    if (schema === undefined || !ORDERED.has(schema.name)) return undefined;
    return this.byIds(this.orderedIndex(schema.name).range(bounds, direction));
  }

  nextId(): string {
    return this.sequence.take();
  }

  nextAutoNumber(): number {
    this.autoNumber += 1;
    return this.autoNumber;
  }

  /** Stores a row under its id, in place of the one that was there. */
  put(row: Row): void {
    const old = this.byId.get(row.Id);
    this.byId.set(row.Id, row);
    for (const [field, index] of this.hashes) {
      if (old?.[field] === row[field]) continue;
      if (old !== undefined) index.remove(old[field], row.Id);
      index.add(row[field], row.Id);
    }
    for (const [field, index] of this.orders) {
      const key = row[field];
      if (old?.[field] === key) continue;
      if (typeof key === 'string') index.add(key, row.Id);
      if (typeof old?.[field] === 'string') index.leave();
    }
  }

  /** Forgets a row altogether: only for what a rolled-back transaction had created. */
  forget(id: string): void {
    const old = this.byId.get(id);
    if (old === undefined) return;
    this.byId.delete(id);
    for (const [field, index] of this.hashes) index.remove(old[field], id);
    for (const [field, index] of this.orders) if (typeof old[field] === 'string') index.leave();
  }

  private hashIndex(field: FieldSchema): HashIndex | undefined {
    const built = this.hashes.get(field.name);
    if (built !== undefined || !isHashed(field)) return built;
    const index = new HashIndex();
    for (const row of this.byId.values()) index.add(row[field.name], row.Id);
    this.hashes.set(field.name, index);
    return index;
  }

  private orderedIndex(field: string): OrderedIndex {
    const built = this.orders.get(field);
    if (built !== undefined) return built;
    const pairs: (readonly [string, string])[] = [];
    for (const row of this.byId.values()) {
      const key = row[field];
      if (typeof key === 'string') pairs.push([key, row.Id]);
    }
    pairs.sort(([key, id], [otherKey, otherId]) => {
      if (key !== otherKey) return key < otherKey ? -1 : 1;
      return id < otherId ? -1 : 1;
    });
    const index = new OrderedIndex((key, id) => this.byId.get(id)?.[field] === key, pairs);
    this.orders.set(field, index);
    return index;
  }
}
