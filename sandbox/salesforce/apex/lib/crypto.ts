import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { raise } from '../runtime/errors.ts';
import { blob, integer, text } from '../runtime/read.ts';
import { ApexBlob } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';

const DIGESTS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  sha256: 'sha256',
  'sha-512': 'sha512',
  sha512: 'sha512',
};
const HMACS: Readonly<Record<string, string>> = {
  hmacmd5: 'md5',
  hmacsha1: 'sha1',
  hmacsha256: 'sha256',
  hmacsha512: 'sha512',
};

function algorithm(known: Readonly<Record<string, string>>, name: string): string {
  return known[name.toLowerCase()] ?? raise('SecurityException', `Algorithm not found: ${name}`);
}

/** `application/x-www-form-urlencoded`, as Java's URLEncoder writes it. */
function urlEncode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export const cryptoTypes = [
  nativeType('Crypto', {
    'static Blob generateDigest(String name, Blob input)': (_, [name, input]) =>
      new ApexBlob(
        createHash(algorithm(DIGESTS, text(name)))
          .update(blob(input))
          .digest(),
      ),
    'static Blob generateMac(String name, Blob input, Blob key)': (_, [name, input, key]) =>
      new ApexBlob(
        createHmac(algorithm(HMACS, text(name)), blob(key))
          .update(blob(input))
          .digest(),
      ),
    'static Boolean verifyHMac(String name, Blob input, Blob key, Blob mac)': (
      _,
      [name, input, key, mac],
    ) => {
      const own = createHmac(algorithm(HMACS, text(name)), blob(key))
        .update(blob(input))
        .digest();
      return own.length === blob(mac).length && timingSafeEqual(own, blob(mac));
    },
    'static Blob generateAesKey(Integer bits)': (_, [bits]) => new ApexBlob(randomBytes(integer(bits) / 8)),
    'static Integer getRandomInteger()': () => randomInt(-(2 ** 31), 2 ** 31),
    'static Long getRandomLong()': () => randomBytes(8).readBigInt64BE(),
  }),
  nativeType('EncodingUtil', {
    'static String base64Encode(Blob input)': (_, [input]) => blob(input).toString('base64'),
    'static Blob base64Decode(String input)': (_, [input]) =>
      new ApexBlob(Buffer.from(text(input), 'base64')),
    'static String convertToHex(Blob input)': (_, [input]) => blob(input).toString('hex'),
    'static Blob convertFromHex(String input)': (_, [input]) => new ApexBlob(Buffer.from(text(input), 'hex')),
    'static String urlEncode(String input, String charset)': (_, [input]) => urlEncode(text(input)),
    'static String urlDecode(String input, String charset)': (_, [input]) =>
      decodeURIComponent(text(input).replaceAll('+', ' ')),
  }),
  nativeType('Blob', {
    'static Blob valueOf(String value)': (_, [value]) => new ApexBlob(Buffer.from(text(value), 'utf8')),
    'String toString()': (self) => blob(self).toString('utf8'),
    'Integer size()': (self) => blob(self).length,
  }),
];
