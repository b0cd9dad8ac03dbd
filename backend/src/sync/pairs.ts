/** What may be mapped to what, and what makes a mapping usable. */
export { judgePair } from './verdict.ts';
export { compileMapping, defaultMappings, validateMapping, type MappingProblem } from './mapping.ts';
