/** What the service can say things in; the first is the language in which it is written. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];
