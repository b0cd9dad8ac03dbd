import { z } from 'zod';

const pageSchema = z.looseObject({
  done: z.literal(true),
  totalSize: z.number(),
  records: z.array(z.unknown()),
});

/**
 * Pages of a query that are smaller than the 200 rows that a vendor can be asked for: cuts a whole answer and gives
 * the rest out by locators, so that few records make many pages.
 */
export class SmallPages {
  size = Infinity;
  readonly #rest = new Map<string, string>();

  /** The page behind a locator of ours. */
  at(path: string): string | undefined {
    return this.#rest.get(path);
  }

  /** The first page of an answer. */
  cut(path: string, text: string): string {
    if (!/\/query(All)?(\?|$)/.test(path)) return text;
    const page = pageSchema.safeParse(JSON.parse(text));
    if (!page.success || page.data.records.length <= this.size) return text;
    const { records, totalSize } = page.data;
    const locator = `/services/data/v67.0/query/01gSmall${this.#rest.size}-${records.length}`;
    const rest = { ...page.data, records: records.slice(this.size) };
    this.#rest.set(locator, this.cut('/query', JSON.stringify(rest)));
    const first = { totalSize, done: false, nextRecordsUrl: locator, records: records.slice(0, this.size) };
    return JSON.stringify(first);
  }
}
