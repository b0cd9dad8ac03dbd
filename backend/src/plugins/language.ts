import accepts from '@fastify/accepts';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { inLanguage } from '../lib/languages.ts';
import { languages, type Language } from '../words/language.ts';

/** Answers explain codes in the language that the request asks for by `Accept-Language`, else in English. */
export default fp(
  async (app) => {
    await app.register(accepts);
    app.addHook('preSerialization', async (request, reply, answer) => {
      const language = languageOf(request);
      reply.header('Content-Language', language);
      return language === 'en' ? answer : inLanguage(answer, language);
    });
  },
  { name: 'language' },
);

export function languageOf(request: FastifyRequest): Language {
  const wanted = request.language([...languages]);
  return languages.find((language) => language === wanted) ?? 'en';
}
