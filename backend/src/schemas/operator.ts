import { z } from 'zod';

/** By which a rule of a selection compares a field. */
export const operatorSchema = z.enum([
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'is_empty',
  'is_not_empty',
  'greater',
  'greater_or_equal',
  'less',
  'less_or_equal',
  'in',
  'not_in',
  'includes',
  'excludes',
  'last_n_days',
  'next_n_days',
]);
