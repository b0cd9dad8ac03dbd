import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'namedCredentialParameters' || name === 'externalCredentialParameters',
});

const parameter = z.object({
  parameterType: z.string(),
  parameterName: z.string().optional(),
  parameterValue: z.string().optional(),
  externalCredential: z.string().optional(),
});
const namedXml = z.object({
  NamedCredential: z.object({ namedCredentialParameters: z.array(parameter).default([]) }),
});
const externalXml = z.object({
  ExternalCredential: z.object({ externalCredentialParameters: z.array(parameter).default([]) }),
});

/** Where `callout:Name` goes, and how it proves itself. */
export interface NamedCredential {
  readonly name: string;
  readonly url: string;
  readonly externalCredential: string | undefined;
  /** Headers by name; values are formulas over `$Credential`. */
  readonly headers: ReadonlyMap<string, string>;
}

function parseXml(text: string): unknown {
  return parser.parse(text);
}

type Secrets = ReadonlyMap<string, ReadonlyMap<string, string>>;

function read(folder: string, ending: string): { name: string; xml: unknown }[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => ({
    name: basename(file, ending),
    xml: parseXml(readFileSync(join(folder, file), 'utf8')),
  }));
}

/** Reads `namedCredentials` and `externalCredentials` of a package in source format, by lower-case name. */
export function readNamedCredentials(folder: string): ReadonlyMap<string, NamedCredential> {
  const externals = new Map(
    read(join(folder, 'externalCredentials'), '.externalCredential-meta.xml').map(({ name, xml }) => {
      const parameters = externalXml.parse(xml).ExternalCredential.externalCredentialParameters;
      const headers = parameters
        .filter(({ parameterType }) => parameterType === 'AuthHeader')
        .map((one): [string, string] => [one.parameterName ?? '', one.parameterValue ?? '']);
      return [name, new Map(headers)];
    }),
  );
  const named = read(join(folder, 'namedCredentials'), '.namedCredential-meta.xml').map(
    ({ name, xml }): [string, NamedCredential] => {
      const parameters = namedXml.parse(xml).NamedCredential.namedCredentialParameters;
      const url = parameters.find(({ parameterType }) => parameterType === 'Url')?.parameterValue ?? '';
      const externalCredential = parameters.find(
        (one) => one.parameterType === 'Authentication',
      )?.externalCredential;
      const headers = externals.get(externalCredential ?? '') ?? new Map<string, string>();
      return [name.toLowerCase(), { name, url, externalCredential, headers }];
    },
  );
  return new Map(named);
}

/** The secret that a formula names, of whatever principal holds one. */
function secretOf(secrets: Secrets, credential: string, name: string): string {
  for (const [key, parameters] of secrets) {
    if (key.startsWith(`${credential.toLowerCase()}/`)) return parameters.get(name) ?? '';
  }
  return '';
}

/** `{!'Bearer ' & $Credential.Vendor.Token}` and `Bearer {!$Credential.Vendor.Token}` with the secrets in their places. */
export function headerValue(formula: string, secrets: Secrets): string {
  return formula.replaceAll(/\{!([^}]*)\}/g, (_, inner: string) =>
    inner
      .split('&')
      .map((term) => {
        const part = term.trim();
        const path = /^\$Credential\.(\w+)\.(\w+)$/.exec(part);
        return path === null
          ? part.replace(/^(['"])(.*)\1$/, '$2')
          : secretOf(secrets, path[1] ?? '', path[2] ?? '');
      })
      .join(''),
  );
}
