import type { z } from 'zod';
import { summariseRecord, type RecordSummary } from '../engine/record-view.ts';
import type { recordSummarySchema } from '../schemas/record.ts';
import type { Link } from '../store/links.ts';
import { toIso } from '../store/scope.ts';

/** A link as lists of records answer it. */
export function toSummary(link: Link): z.infer<typeof recordSummarySchema> {
  return withTimes(summariseRecord(link));
}

/** With its times as text. */
export function withTimes<T extends RecordSummary>(
  summary: T,
): Omit<T, 'outboundDue' | 'inboundDue'> & { outboundDue: string | null; inboundDue: string | null } {
  return { ...summary, outboundDue: toIso(summary.outboundDue), inboundDue: toIso(summary.inboundDue) };
}
