import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { map, state, text } from '../runtime/read.ts';
import { ApexEnum, ApexMap, ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { mapOf, OBJECT, STRING, Type } from '../types/type.ts';

/** Behind the inputs and outputs of ConnectApi: plain bags of properties. */
class Bag {
  readonly values = new Map<string, Value>();
}

/** A property that is only kept. */
function kept(name: string): { get: NativeCode; set: NativeCode } {
  return {
    get: (self) => state(self, Bag).values.get(name) ?? null,
    set: (self, [value = null]) => {
      state(self, Bag).values.set(name, value);
      return null;
    },
  };
}

function bag(name: string, types: Readonly<Record<string, string>>): ReturnType<typeof nativeType> {
  const properties = Object.fromEntries(
    Object.entries(types).map(([property, type]) => [`${type} ${property}`, kept(property)]),
  );
  return nativeType(name, { 'new()': () => new ApexNative(name, new Bag()) }, { properties });
}

function credentialKey(credential: string, principal: string): string {
  return `${credential.toLowerCase()}/${principal.toLowerCase()}`;
}

/** ConnectApi answers no test without SeeAllData. */
function refuseInTests(frame: Frame): void {
  if (frame.transaction.test !== undefined) {
    raise(
      'UnsupportedOperationException',
      'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).',
    );
  }
}

const save =
  (isNew: boolean): NativeCode =>
  (_, [given], frame) => {
    refuseInTests(frame);
    const { credentials } = frame.transaction.host;
    const { values } = state(given ?? null, Bag);
    const key = credentialKey(text(values.get('externalCredential')), text(values.get('principalName')));
    const before = credentials.get(key);
    if (isNew === (before !== undefined))
      raise(
        'ConnectApiException',
        isNew ? 'The credential already exists.' : 'The credential does not exist.',
      );
    const parameters = new Map(before);
    for (const { key: name, value } of map(values.get('credentials')).entries.values()) {
      parameters.set(text(name), text(state(value, Bag).values.get('value')));
    }
    credentials.set(key, parameters);
    return described(parameters);
  };

function described(parameters: ReadonlyMap<string, string>): ApexNative {
  const made = new Bag();
  const credentials = new ApexMap(mapOf(STRING, new Type('native', 'ConnectApi.CredentialValue')));
  for (const name of parameters.keys()) {
    const value = new ApexNative('ConnectApi.CredentialValue', new Bag());
    credentials.entries.set(name, { key: name, value });
  }
  made.values.set('credentials', credentials);
  made.values.set('authenticationStatus', parameters.size > 0 ? 'Configured' : 'Unknown');
  return new ApexNative('ConnectApi.Credential', made);
}

const find: NativeCode = (_, [credential, principal], frame) => {
  refuseInTests(frame);
  return described(
    frame.transaction.host.credentials.get(credentialKey(text(credential), text(principal))) ?? new Map(),
  );
};

/** The part of ConnectApi that keeps the secrets of external credentials. */
export const connectTypes = [
  nativeType('ConnectApi.CredentialPrincipalType', {}, { constants: ['NamedPrincipal', 'PerUserPrincipal'] }),
  nativeType(
    'ConnectApi.CredentialAuthenticationProtocol',
    {},
    { constants: ['AwsSv4', 'Basic', 'Custom', 'Jwt', 'NoAuthentication', 'OAuth'] },
  ),
  nativeType(
    'ConnectApi.CredentialAuthenticationStatus',
    {},
    { constants: ['Configured', 'Revoked', 'Unknown'] },
  ),
  bag('ConnectApi.CredentialValueInput', { encrypted: 'Boolean', value: 'String' }),
  bag('ConnectApi.CredentialInput', {
    externalCredential: 'String',
    principalName: 'String',
    principalType: 'ConnectApi.CredentialPrincipalType',
    authenticationProtocol: 'ConnectApi.CredentialAuthenticationProtocol',
    credentials: 'Map<String, ConnectApi.CredentialValueInput>',
  }),
  // What a secret is, ConnectApi never tells.
  nativeType('ConnectApi.CredentialValue', {}),
  nativeType(
    'ConnectApi.Credential',
    {},
    {
      properties: {
        'Map<String, ConnectApi.CredentialValue> credentials': {
          get: (self) => state(self, Bag).values.get('credentials') ?? null,
        },
        'ConnectApi.CredentialAuthenticationStatus authenticationStatus': {
          get: (self, _, frame) => {
            const type = frame.transaction.program.signatureType(
              'ConnectApi.CredentialAuthenticationStatus',
              OBJECT,
            );
            const name = text(state(self, Bag).values.get('authenticationStatus'));
            return new ApexEnum(type, name, ['Configured', 'Revoked', 'Unknown'].indexOf(name));
          },
        },
      },
    },
  ),
  nativeType('ConnectApi.NamedCredentials', {
    'static ConnectApi.Credential createCredential(ConnectApi.CredentialInput input)': save(true),
    'static ConnectApi.Credential patchCredential(ConnectApi.CredentialInput input)': save(false),
    'static ConnectApi.Credential updateCredential(ConnectApi.CredentialInput input)': save(false),
    'static ConnectApi.Credential getCredential(String credential, String principal, ConnectApi.CredentialPrincipalType type)':
      find,
    'static void deleteCredential(String credential, String principal, ConnectApi.CredentialPrincipalType type)':
      (_, [credential, principal], frame) => {
        refuseInTests(frame);
        frame.transaction.host.credentials.delete(credentialKey(text(credential), text(principal)));
        return null;
      },
  }),
];
