import type { FastifyRequest } from 'fastify';
import { languageOf } from '../plugins/language.ts';
import { mappingEnglish } from '../sync/words/mapping-english.ts';
import { selectionEnglish } from '../sync/words/selection-english.ts';
import { selectionSpanish } from '../sync/words/selection-spanish.ts';
import type { SelectionWords } from '../sync/words/selection-words.ts';
import { mappingSpanish } from '../sync/words/mapping-spanish.ts';
import type { MappingWords } from '../sync/words/mapping-words.ts';

/** What a request's reader is told about a mapping, in their language. */
export function mappingWordsFor(request: FastifyRequest): MappingWords {
  return { en: mappingEnglish, es: mappingSpanish }[languageOf(request)];
}

/** The same about a selection. */
export function selectionWordsFor(request: FastifyRequest): SelectionWords {
  return { en: selectionEnglish, es: selectionSpanish }[languageOf(request)];
}
