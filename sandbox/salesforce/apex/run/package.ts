import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { ObjectPermissions } from '../runtime/host.ts';
import type { ApexSource } from '../types/load.ts';

/** The newest API version, for files that do not say theirs. */
const NEWEST = 67;

const LISTS = new Set([
  'labels',
  'fieldPermissions',
  'customPermissions',
  'objectPermissions',
  'classAccesses',
  'applicationVisibilities',
]);
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => LISTS.has(name),
});

const metaXml = z.object({ apiVersion: z.coerce.number().default(NEWEST) });
const labelsXml = z.object({
  CustomLabels: z.object({
    labels: z.array(z.object({ fullName: z.string(), value: z.string() })).default([]),
  }),
});
const permissionSetXml = z.object({
  PermissionSet: z.object({
    label: z.string(),
    fieldPermissions: z
      .array(z.object({ field: z.string(), readable: z.stringbool(), editable: z.stringbool() }))
      .default([]),
    objectPermissions: z
      .array(
        z.object({
          object: z.string(),
          allowRead: z.stringbool(),
          allowCreate: z.stringbool(),
          allowEdit: z.stringbool(),
          allowDelete: z.stringbool(),
          viewAllRecords: z.stringbool().default(false),
          modifyAllRecords: z.stringbool().default(false),
        }),
      )
      .default([]),
    customPermissions: z.array(z.object({ name: z.string(), enabled: z.stringbool() })).default([]),
    classAccesses: z.array(z.object({ apexClass: z.string(), enabled: z.stringbool() })).default([]),
    applicationVisibilities: z
      .array(z.object({ application: z.string(), visible: z.stringbool() }))
      .default([]),
  }),
});

export interface PermissionSetMetadata {
  readonly name: string;
  readonly label: string;
  /** `Object.Field` in lower case. */
  readonly fields: ReadonlyMap<string, 'read' | 'edit'>;
  /** By object in lower case. */
  readonly objects: ReadonlyMap<string, ObjectPermissions>;
  /** Custom permissions in lower case. */
  readonly permissions: ReadonlySet<string>;
  /** Apex classes whose methods components may call, in lower case. */
  readonly classes: ReadonlySet<string>;
  /** Apps that the App Launcher shows. */
  readonly apps: ReadonlySet<string>;
}

/** What a package in source format brings for Apex. */
export interface ApexPackage {
  readonly sources: readonly ApexSource[];
  readonly labels: ReadonlyMap<string, string>;
  readonly permissionSets: readonly PermissionSetMetadata[];
}

function filesBelow(folder: string, extension: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(extension)).toSorted();
}

function readXml(path: string): unknown {
  return parser.parse(readFileSync(path, 'utf8'));
}

function apiVersionOf(path: string): number {
  const meta = `${path}-meta.xml`;
  if (!existsSync(meta)) return NEWEST;
  const root = z.record(z.string(), z.unknown()).parse(readXml(meta));
  return metaXml.parse(root['ApexClass'] ?? root['ApexTrigger'] ?? {}).apiVersion;
}

function permissionSet(folder: string, file: string): PermissionSetMetadata {
  const { PermissionSet: xml } = permissionSetXml.parse(readXml(join(folder, file)));
  const fields = xml.fieldPermissions
    .filter(({ readable }) => readable)
    .map(({ field, editable }): [string, 'read' | 'edit'] => [
      field.toLowerCase(),
      editable ? 'edit' : 'read',
    ]);
  return {
    name: basename(file, '.permissionset-meta.xml'),
    label: xml.label,
    fields: new Map(fields),
    objects: new Map(
      xml.objectPermissions.map((one) => [
        one.object.toLowerCase(),
        {
          read: one.allowRead,
          create: one.allowCreate,
          edit: one.allowEdit,
          delete: one.allowDelete,
          viewAll: one.viewAllRecords,
          modifyAll: one.modifyAllRecords,
        },
      ]),
    ),
    permissions: new Set(
      xml.customPermissions.filter(({ enabled }) => enabled).map(({ name }) => name.toLowerCase()),
    ),
    classes: new Set(
      xml.classAccesses.filter(({ enabled }) => enabled).map(({ apexClass }) => apexClass.toLowerCase()),
    ),
    apps: new Set(
      xml.applicationVisibilities.filter(({ visible }) => visible).map(({ application }) => application),
    ),
  };
}

/**
 * Reads `classes`, `triggers`, `labels` and `permissionsets` of a package in source format.
 * @param folder such as `force-app/main/default`; what is absent in it is empty.
 */
export function readApexPackage(folder: string): ApexPackage {
  const sources = [
    ['classes', '.cls'],
    ['triggers', '.trigger'],
  ].flatMap(([part = '', extension = '']) =>
    filesBelow(join(folder, part), extension).map((file): ApexSource => {
      const path = join(folder, part, file);
      return { file: `${part}/${file}`, text: readFileSync(path, 'utf8'), apiVersion: apiVersionOf(path) };
    }),
  );
  const labelsFolder = join(folder, 'labels');
  const labels = filesBelow(labelsFolder, '.labels-meta.xml').flatMap((file) =>
    labelsXml
      .parse(readXml(join(labelsFolder, file)))
      .CustomLabels.labels.map(({ fullName, value }): [string, string] => [fullName, value]),
  );
  const setsFolder = join(folder, 'permissionsets');
  const permissionSets = filesBelow(setsFolder, '.permissionset-meta.xml').map((file) =>
    permissionSet(setsFolder, file),
  );
  return { sources, labels: new Map(labels), permissionSets };
}
