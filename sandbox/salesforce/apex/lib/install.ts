import { instance, integer, state } from '../runtime/read.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';

/** Behind a `Version`. */
class Release {
  readonly parts: readonly number[];

  constructor(parts: readonly number[]) {
    this.parts = parts;
  }
}

/** Behind the context of an installation: null before the first one. */
class Installation {
  readonly previous: Value;

  constructor(previous: Value) {
    this.previous = previous;
  }
}

const part = (self: Value, at: number): number | null => state(self, Release).parts[at] ?? null;

/** Runs a handler as a test does. @throws ApexFailure outside tests. */
export function testInstall(handler: Value | undefined, previous: Value, frame: Frame): void {
  if (frame.transaction.test === undefined) raise('TypeException', 'This method can be called only by tests');
  const context = new ApexNative('InstallContext', new Installation(previous));
  frame.transaction.callNamed(instance(handler), 'onInstall', [context], frame);
}

/** Runs a handler as a test does. @throws ApexFailure outside tests. */
export function testUninstall(handler: Value | undefined, frame: Frame): void {
  if (frame.transaction.test === undefined) raise('TypeException', 'This method can be called only by tests');
  const context = new ApexNative('UninstallContext', new Installation(null));
  frame.transaction.callNamed(instance(handler), 'onUninstall', [context], frame);
}

export const installTypes = [
  nativeType('Version', {
    'new(Integer major, Integer minor)': (_, parts) =>
      new ApexNative('Version', new Release(parts.map((one) => integer(one)))),
    'new(Integer major, Integer minor, Integer patch)': (_, parts) =>
      new ApexNative('Version', new Release(parts.map((one) => integer(one)))),
    'Integer major()': (self) => part(self, 0),
    'Integer minor()': (self) => part(self, 1),
    'Integer patch()': (self) => part(self, 2),
    'Integer compareTo(Version other)': (self, [other]) => {
      const [own, against] = [state(self, Release).parts, state(other ?? null, Release).parts];
      for (const at of [0, 1, 2])
        if ((own[at] ?? 0) !== (against[at] ?? 0)) return (own[at] ?? 0) - (against[at] ?? 0);
      return 0;
    },
  }),
  nativeType('InstallContext', {
    'Version previousVersion()': (self) => state(self, Installation).previous,
    'Boolean isUpgrade()': (self) => state(self, Installation).previous !== null,
    'Boolean isPush()': () => false,
    'Id organizationId()': (_, __, frame) => frame.transaction.host.org.id,
    'Id installerId()': (_, __, frame) => frame.transaction.user.id,
  }),
  nativeType('UninstallContext', {
    'Id organizationId()': (_, __, frame) => frame.transaction.host.org.id,
    'Id uninstallerId()': (_, __, frame) => frame.transaction.user.id,
  }),
];
