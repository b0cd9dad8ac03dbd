/** What may be mapped to what, and what makes a mapping usable. */
export { judgePair, OPT_OUT_FIELD, type PairVerdict } from './verdict.ts';
export {
  compileMapping,
  defaultMappings,
  validateMapping,
  type MappingProblem,
  type MappingProblemCode,
} from './mapping.ts';
