import { createHash } from 'node:crypto';
import { accessTo } from '../org/access.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import type { FieldSchema } from '../org/types.ts';
import type { Answer, Call, Door } from './call.ts';
import { objectOf, ok } from './call.ts';
import { describeField } from './describe-fields.ts';
import { visibleFields } from './records.ts';
import { dateHeader } from './save-headers.ts';

const MERGEABLE = new Set(['Account', 'Contact', 'Lead']);
const LAYOUT_LESS = new Set([
  'CronTrigger',
  'CronJobDetail',
  'FieldPermissions',
  'ObjectPermissions',
  'LeadStatus',
]);

/** An object's flags, as both the list of objects and its own describe show them. */
function objectFlags(object: SObjectDefinition, version: string): Readonly<Record<string, unknown>> {
  const url = `/services/data/${version}/sobjects/${object.name}`;
  const writable = !object.readOnly;
  const deletable = writable && object.field('IsDeleted') !== undefined;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: writable && object.name !== 'Organization',
    custom: object.custom,
    customSetting: object.customSetting,
    deepCloneable: false,
    deletable,
    deprecatedAndHidden: false,
    feedEnabled: MERGEABLE.has(object.name),
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: writable && !LAYOUT_LESS.has(object.name),
    mergeable: MERGEABLE.has(object.name),
    mruEnabled: MERGEABLE.has(object.name),
    name: object.name,
    queryable: true,
    replicateable: object.field('SystemModstamp') !== undefined,
    retrieveable: true,
    searchable: MERGEABLE.has(object.name) || object.name === 'User',
    triggerable: writable,
    undeletable: deletable,
    updateable: writable,
    urls: {
      sobject: url,
      describe: `${url}/describe`,
      rowTemplate: `${url}/{ID}`,
    },
  };
}

function describeGlobal(call: Call): Answer {
  const sobjects = call.org.schema
    .objects()
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((object) => objectFlags(object, call.version));
  return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
}

/** `/sobjects/X`. Recent items are not tracked. */
function summary(call: Call): Answer {
  return ok({ objectDescribe: objectFlags(objectOf(call), call.version), recentItems: [] });
}

/** What a user may do with a field shows in its flags. */
function asSeenBy(call: Call, object: SObjectDefinition, field: FieldSchema): FieldSchema {
  return accessTo(call.user, object, field) === 'edit'
    ? field
    : { ...field, createable: false, updateable: false };
}

function description(call: Call, object: SObjectDefinition): Readonly<Record<string, unknown>> {
  const nameField = object.name === 'Task' ? 'Subject' : 'Name';
  const { urls, ...flags } = objectFlags(object, call.version);
  return {
    actionOverrides: [],
    ...flags,
    childRelationships: object.childRelationships.map((child) => ({
      ...child,
      cascadeDelete: false,
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      restrictedDelete: false,
    })),
    compactLayoutable: flags['layoutable'],
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: visibleFields(call.user, object).map((field) =>
      describeField(asSeenBy(call, object, field), field.name === nameField),
    ),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
      },
    ],
    searchLayoutable: flags['searchable'],
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
    urls,
  };
}

/** When each user's description of each object last became what it is. */
class ChangeTimes {
  private readonly seen = new Map<string, { digest: string; since: number }>();

  since(key: string, text: string, now: number): number {
    const digest = createHash('sha1').update(text).digest('base64');
    const known = this.seen.get(key);
    if (known?.digest === digest) return known.since;
    const since = Math.floor(now / 1000) * 1000;
    this.seen.set(key, { digest, since });
    return since;
  }
}

/** sObject Describe Global, Basic Information and Describe. Only fields that the caller sees are listed. */
export function describeDoors(): readonly Door[] {
  const times = new ChangeTimes();
  const describe = (call: Call): Answer => {
    const object = objectOf(call);
    const body = description(call, object);
    const key = `${call.user.id} ${object.name} ${call.version}`;
    const changed = times.since(key, JSON.stringify(body), call.org.clock.now());
    const known = dateHeader(call, 'if-modified-since');
    if (known !== undefined && changed <= known) return { status: 304 };
    return { status: 200, body, headers: { 'Last-Modified': new Date(changed).toUTCString() } };
  };
  return [
    { method: 'GET', path: '/sobjects', handle: describeGlobal },
    { method: 'GET', path: '/sobjects/:object', handle: summary },
    { method: 'GET', path: '/sobjects/:object/describe', handle: describe },
  ];
}
