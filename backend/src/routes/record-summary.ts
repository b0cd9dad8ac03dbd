import type { z } from 'zod';
import { summariseRecord, type RecordSummary } from '../engine/record-view.ts';
import { inWords } from '../lib/languages.ts';
import type { recordSummarySchema } from '../schemas/record.ts';
import type { Link } from '../store/links.ts';
import { toIso } from '../store/scope.ts';
import type { Language } from '../words/language.ts';

/** A link as lists of records answer it. */
export function toSummary(link: Link, language: Language): z.infer<typeof recordSummarySchema> {
  return worded(summariseRecord(link), language);
}

/** With its times as text, and its problem in the reader's language. */
export function worded<T extends RecordSummary>(summary: T, language: Language) {
  const { problem, outboundDue, inboundDue } = summary;
  return {
    ...summary,
    problem: problem && { ...problem, message: inWords(problem.message, language) },
    outboundDue: toIso(outboundDue),
    inboundDue: toIso(inboundDue),
  };
}
