import type { FastifyRequest } from 'fastify';
import type { PermissionSetMetadata } from '../../salesforce/apex/run/package.ts';
import type { ApexUsers } from '../../salesforce/apex/run/users.ts';
import type { Identity } from '../../salesforce/identity/identity.ts';
import { browserUser } from '../../salesforce/identity/oauth/browser-session.ts';
import type { SandboxUser } from '../../salesforce/identity/users.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { UserContext } from '../../salesforce/org/types.ts';
import type { PackageUi } from '../metadata/package-ui.ts';
import { LANGUAGES } from '../metadata/translations.ts';
import type { Language, Words } from '../metadata/translations.ts';
import { PLATFORM_SPANISH, TEXTS } from './texts.ts';
import type { Texts } from './texts.ts';

/** Who looks at a page, in which language, with which rights. */
export interface Viewer {
  readonly user: SandboxUser;
  /** As the org knows the user: every read and save is this user's. */
  readonly context: UserContext;
  readonly language: Language;
  /** For dates and numbers, such as `es-ES`. */
  readonly locale: string;
  readonly texts: Texts;
  /** The package's words. */
  readonly words: Words;
  readonly permissionSets: readonly PermissionSetMetadata[];
  /** Whether the user has a custom permission. */
  hasPermission(name: string): boolean;
  /** The viewer's word for one of the platform's own. */
  translate(word: string): string;
}

export interface ViewerSources {
  readonly identity: Identity;
  readonly org: SandboxOrg;
  readonly people: ApexUsers;
  readonly ui: PackageUi;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-ES' };
/** As `User.LanguageLocaleKey` spells them. */
const LANGUAGE_KEYS: Readonly<Record<Language, string>> = { en: 'en_US', es: 'es' };

/** Sets the language of a user's pages. */
export function chooseLanguage(org: SandboxOrg, user: SandboxUser, language: Language): void {
  org.systemWrite(user.id, { LanguageLocaleKey: LANGUAGE_KEYS[language] });
}

/** Who is logged in in the browser that asks; undefined where nobody is. */
export function viewerOf(
  request: FastifyRequest,
  { identity, org, people, ui }: ViewerSources,
): Viewer | undefined {
  const user = browserUser(identity, request);
  if (user === undefined) return undefined;
  const key = org.table('User')?.get(user.id)?.['LanguageLocaleKey'];
  const language = LANGUAGES.find((one) => LANGUAGE_KEYS[one] === key) ?? 'en';
  const context = identity.users.context(user);
  return {
    user,
    context,
    language,
    locale: LOCALES[language],
    texts: TEXTS[language],
    words: ui.words[language],
    permissionSets: people.setsOf(user.id),
    hasPermission: (name) => people.hasPermission(context, name),
    translate: (word) => (language === 'es' ? PLATFORM_SPANISH.get(word) : undefined) ?? word,
  };
}
