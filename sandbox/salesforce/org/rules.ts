import { z } from 'zod';

const condition = z.object({
  field: z.string(),
  operator: z.enum([
    'equals',
    'notEquals',
    'contains',
    'isBlank',
    'notBlank',
    'greaterThan',
    'lessThan',
    'changed',
  ]),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
export type Condition = z.infer<typeof condition>;

/** A save fails with the rule's message while every condition holds. */
export const validationRule = z.object({
  name: z.string(),
  object: z.string(),
  when: z.array(condition).min(1),
  message: z.string(),
  /** Where the message stands; at the top of the page without it. */
  field: z.string().optional(),
  active: z.boolean().default(true),
});
export type ValidationRule = z.infer<typeof validationRule>;

/** A save fails when another record has the same non-empty values in all of `matchOn`. */
export const duplicateRule = z.object({
  name: z.string(),
  object: z.string(),
  matchOn: z.array(z.string()).min(1).default(['Email']),
  /** Objects searched for matches; the rule's own without it. */
  against: z.array(z.string()).min(1).optional(),
  /** `block` always refuses; `allow` alerts, and `Sforce-Duplicate-Rule-Header: allowSave=true` gets past it. */
  action: z.enum(['block', 'allow']).default('block'),
  active: z.boolean().default(true),
});
export type DuplicateRule = z.infer<typeof duplicateRule>;

/** Another transaction holds this record. */
export const rowLock = z.object({
  id: z.string(),
  /** Attempts that still fail; until removed without it. */
  times: z.number().int().positive().optional(),
});
export type RowLock = z.infer<typeof rowLock>;

/** Fields copied by lead conversion, by API name of the lead's field. */
export const leadConvertMapping = z.record(
  z.string(),
  z.object({ contact: z.string().optional(), account: z.string().optional() }),
);
export type LeadConvertMapping = z.infer<typeof leadConvertMapping>;

/** What an administrator configured. All of it is data, replaced as a whole by the control doors. */
export class OrgRules {
  validation: readonly ValidationRule[] = [];
  duplicates: readonly DuplicateRule[] = [];
  /** The owner that the active lead assignment rule gives. */
  leadAssignmentOwner: string | undefined;
  leadConvertMapping: LeadConvertMapping = {};
  private locks = new Map<string, number>();

  lock({ id, times }: RowLock): void {
    this.locks.set(id, times ?? Number.POSITIVE_INFINITY);
  }

  unlockAll(): void {
    this.locks.clear();
  }

  lockedIds(): string[] {
    return [...this.locks.keys()];
  }

  /** Whether an attempt on this record fails now; counts the attempt. */
  isLocked(id: string): boolean {
    const times = this.locks.get(id);
    if (times === undefined) return false;
    if (times <= 1) this.locks.delete(id);
    else this.locks.set(id, times - 1);
    return true;
  }

  reset(): void {
    this.validation = [];
    this.duplicates = [];
    this.leadAssignmentOwner = undefined;
    this.leadConvertMapping = {};
    this.locks.clear();
  }
}
