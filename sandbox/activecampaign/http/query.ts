import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const querySchema = z.record(z.string(), z.unknown());

/** A call's query: names may be bracketed, as in `filters[updated_after]`. */
export class Query {
  readonly #values: Record<string, unknown>;

  constructor(request: FastifyRequest) {
    this.#values = querySchema.parse(request.query);
  }

  get(name: string): string | undefined {
    return asText(this.#values[name]);
  }

  /** Digits, or undefined. */
  number(name: string): number | undefined {
    const value = this.get(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  }

  /** `name[]=a&name[]=b`, or a single `name=a`. */
  list(name: string): string[] | undefined {
    const value = this.#values[name];
    if (Array.isArray(value)) return value.flatMap((entry) => asText(entry) ?? []);
    const single = asText(value);
    return single === undefined ? undefined : [single];
  }

  /** `filters[name]=value`, where the value is text. */
  filter(name: string): string | undefined {
    return asText(group(this.#values['filters'])[name]);
  }

  /** `filters[name][operator]=value`, all of them. */
  operators(name: string): [operator: string, value: string][] {
    const operators = group(group(this.#values['filters'])[name]);
    return Object.entries(operators).flatMap(([operator, value]) => {
      const wanted = asText(value);
      return wanted === undefined ? [] : [[operator, wanted] satisfies [string, string]];
    });
  }

  /** `orders[name]=ASC|DESC`, in the order of the query. */
  orders(): { readonly name: string; readonly descending: boolean }[] {
    return Object.entries(group(this.#values['orders'])).map(([name, value]) => ({
      name,
      descending: asText(value)?.toUpperCase() === 'DESC',
    }));
  }

  includes(): ReadonlySet<string> {
    return new Set((this.get('include') ?? '').split(',').map((name) => name.trim()));
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function group(value: unknown): Record<string, unknown> {
  const parsed = querySchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}

const MOST = 100;

/** 20 rows unless asked otherwise, and never more than 100, however many are asked for. */
export function pageOf(query: Query, usual = 20): { readonly limit: number; readonly offset: number } {
  const wanted = query.number('limit') ?? usual;
  return { limit: wanted === 0 ? usual : Math.min(wanted, MOST), offset: query.number('offset') ?? 0 };
}

/** One page of the rows, and how many there are. */
export function paged<Row>(rows: readonly Row[], query: Query, usual?: number) {
  const { limit, offset } = pageOf(query, usual);
  return { rows: rows.slice(offset, offset + limit), meta: { total: String(rows.length) } };
}

/** Whether text passes `filters[x][operator]=value`; operators that the vendor does not know pass everything. */
export function passes(value: string, operator: string, wanted: string): boolean {
  const a = value.toLowerCase();
  const b = wanted.toLowerCase();
  switch (operator) {
    case 'eq':
      return a === b;
    case 'neq':
      return a !== b;
    case 'lt':
      return a < b;
    case 'lte':
      return a <= b;
    case 'gt':
      return a > b;
    case 'gte':
      return a >= b;
    case 'contains':
      return a.includes(b);
    case 'starts_with':
      return a.startsWith(b);
    default:
      return true;
  }
}
