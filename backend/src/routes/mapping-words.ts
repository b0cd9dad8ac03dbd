import type { FastifyRequest } from 'fastify';
import { languageOf } from '../plugins/language.ts';
import { english } from '../sync/words/english.ts';
import { spanish } from '../sync/words/spanish.ts';
import type { MappingWords } from '../sync/words/words.ts';

/** What a request's reader is told about a mapping, in their language. */
export function mappingWordsFor(request: FastifyRequest): MappingWords {
  return { en: english, es: spanish }[languageOf(request)];
}
