import { display } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { LIMITED } from '../runtime/limits.ts';
import { state, text, typeValue } from '../runtime/read.ts';
import { ApexNative, ApexType } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { construct } from '../compile/construct.ts';
import { assertions } from './assert.ts';
import { asyncCalls } from './async.ts';
import { now } from './dates.ts';
import { debugged } from './debug.ts';

const LEVELS = ['NONE', 'INTERNAL', 'FINEST', 'FINER', 'FINE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

const debug: NativeCode = (_, args, frame) => {
  const message = args.at(-1) ?? null;
  frame.transaction.debugLog.push(debugged(message, frame));
  return null;
};

/** A column of the running user's own record. */
function ofUser(field: string): NativeCode {
  return (_, __, frame) => {
    const value = frame.transaction.host.org.table('User')?.get(frame.transaction.user.id)?.[field];
    return typeof value === 'string' ? value : null;
  };
}

/** `getQueries()` and `getLimitQueries()` for every limit that is counted. */
function limitMembers(): Record<string, NativeCode> {
  const members: Record<string, NativeCode> = {};
  for (const name of LIMITED) {
    members[`static Integer get${name}()`] = (_, __, frame) => frame.transaction.limits.get(name);
    members[`static Integer getLimit${name}()`] = (_, __, frame) => frame.transaction.limits.limit(name);
  }
  return members;
}

function typeNamed(name: string, frame: Frame): Value {
  const type = frame.transaction.program.typeNamed(name);
  return type === undefined ? null : new ApexType(type);
}

export const systemTypes = [
  nativeType('LoggingLevel', {}, { constants: LEVELS }),
  nativeType('System', {
    'static void debug(Object message)': debug,
    'static void debug(LoggingLevel level, Object message)': debug,
    'static void assert(Boolean condition)': assertions.isTrue,
    'static void assert(Boolean condition, Object message)': assertions.isTrue,
    'static void assertEquals(Object expected, Object actual)': assertions.areEqual,
    'static void assertEquals(Object expected, Object actual, Object message)': assertions.areEqual,
    'static void assertNotEquals(Object expected, Object actual)': assertions.areNotEqual,
    'static void assertNotEquals(Object expected, Object actual, Object message)': assertions.areNotEqual,
    'static Datetime now()': (_, __, frame) => now(frame),
    'static Date today()': (_, __, frame) => {
      const today = frame.transaction.program.native('Date')?.methods.get('today')?.[0];
      return today?.run(null, [], frame) ?? null;
    },
    'static Long currentTimeMillis()': (_, __, frame) => BigInt(now(frame).time),
    'static Boolean isQueueable()': (_, __, frame) => frame.transaction.context === 'queueable',
    'static Boolean isScheduled()': (_, __, frame) => frame.transaction.context === 'scheduled',
    'static Boolean isBatch()': () => false,
    'static Boolean isFuture()': () => false,
    ...asyncCalls,
  }),
  nativeType('UserInfo', {
    'static Id getUserId()': (_, __, frame) => frame.transaction.user.id,
    'static String getUserName()': (_, __, frame) => frame.transaction.user.username,
    'static String getName()': ofUser('Name'),
    'static String getFirstName()': ofUser('FirstName'),
    'static String getLastName()': ofUser('LastName'),
    'static String getUserEmail()': ofUser('Email'),
    'static Id getProfileId()': ofUser('ProfileId'),
    'static String getLocale()': ofUser('LocaleSidKey'),
    'static String getLanguage()': ofUser('LanguageLocaleKey'),
    'static String getUserType()': ofUser('UserType'),
    'static Id getOrganizationId()': (_, __, frame) => frame.transaction.host.org.id,
    'static String getOrganizationName()': (_, __, frame) => {
      const { org } = frame.transaction.host;
      const name = org.table('Organization')?.get(org.id)?.['Name'];
      return typeof name === 'string' ? name : null;
    },
    'static TimeZone getTimeZone()': (_, __, frame) =>
      new ApexNative('TimeZone', new Zone(frame.transaction.user.timeZone)),
    'static Boolean isMultiCurrencyOrganization()': () => false,
  }),
  nativeType('TimeZone', {
    'String getId()': (self, _, frame) => display(self, frame),
    'String toString()': (self, _, frame) => display(self, frame),
  }),
  nativeType('Limits', limitMembers()),
  nativeType('Type', {
    'static Type forName(String name)': (_, [name], frame) => typeNamed(text(name), frame),
    'static Type forName(String namespace, String name)': (_, [, name], frame) =>
      typeNamed(text(name), frame),
    'String getName()': (self) => typeValue(self).of.toString(),
    'Object newInstance()': (self, _, frame) => {
      const info = typeValue(self).of.class;
      return info === undefined
        ? raise('TypeException', `${typeValue(self).of.toString()} cannot be constructed`)
        : construct(info, frame);
    },
    'Boolean isAssignableFrom(Type other)': (self, [other]) => {
      const [own, from] = [typeValue(self).of.class, typeValue(other).of.class];
      return own !== undefined && from?.isA(own) === true;
    },
  }),
  nativeType('Label', {}),
  nativeType('URL', {
    'static URL getOrgDomainUrl()': (_, __, frame) =>
      new ApexNative('URL', new Address(frame.transaction.host.orgUrl)),
    'String toExternalForm()': (self) => state(self, Address).shown,
    'String getHost()': (self) => new globalThis.URL(state(self, Address).shown).hostname,
    'String getProtocol()': (self) => new globalThis.URL(state(self, Address).shown).protocol.slice(0, -1),
  }),
];

/** Behind a `TimeZone`. */
class Zone {
  readonly shown: string;

  constructor(id: string) {
    this.shown = id;
  }
}

/** Behind a `URL`. */
class Address {
  readonly shown: string;

  constructor(address: string) {
    this.shown = address;
  }
}
