import { fieldToken, objectToken, ObjectToken } from '../data/tokens.ts';
import { state } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { SObjectSchema } from '../../org/types.ts';
import { listOf, mapOf, Type } from '../types/type.ts';
import * as types from '../types/type.ts';
import type { Eval, Scope, Typed } from './scope.ts';

function tokenOf(schema: SObjectSchema, name: string, scope: Scope): Typed | undefined {
  if (name.toLowerCase() === 'sobjecttype') {
    const token = objectToken(schema);
    return { type: scope.program.signatureType('SObjectType', types.OBJECT), run: () => token };
  }
  const field = schema.field(name);
  if (field === undefined) return undefined;
  const token = fieldToken(schema, field);
  return { type: scope.program.signatureType('SObjectField', types.OBJECT), run: () => token };
}

/** Trigger.new and its kin hold the trigger's own object. */
function triggerVariable(type: Type, name: string, scope: Scope): Typed | undefined {
  const property = type.native?.properties.get(name.toLowerCase());
  const info = scope.program.triggers.find((trigger) => trigger.class === scope.owner);
  const record = info && scope.program.lookup(info.declaration.object, undefined);
  if (property === undefined || record === undefined) return undefined;
  const { get } = property;
  const run: Eval = (frame) => get(null, [], frame);
  if (property.type === 'List<SObject>') return { type: listOf(record), run };
  return property.type === 'Map<Id, SObject>' ? { type: mapOf(types.ID, record), run } : undefined;
}

/** Members whose names come from the org: labels, fields of objects, describes by name. */
export function specialMember(
  type: Type,
  name: string,
  scope: Scope,
  line: number,
  target?: Eval,
): Typed | undefined {
  if (target === undefined && type.sobject !== undefined) return tokenOf(type.sobject, name, scope);
  switch (type.key) {
    case 'trigger':
      return triggerVariable(type, name, scope);
    case 'label': {
      const label = scope.program.labels.get(name.toLowerCase());
      if (label === undefined) return scope.fail(`No such custom label: ${name}`, line);
      return { type: types.STRING, run: () => label };
    }
    case 'sobjecttype': {
      const schema = target === undefined ? scope.program.schema.object(name) : undefined;
      if (schema === undefined) return undefined;
      const described = new ApexNative('DescribeSObjectResult', new ObjectToken(schema));
      const run: Eval = () => described;
      const result = scope.program.signatureType('DescribeSObjectResult', types.OBJECT);
      // The object is known here, so that `.fields.Name` can be.
      return {
        type: new Type('native', result.name, {
          ...(result.native && { native: result.native }),
          sobject: schema,
        }),
        run,
      };
    }
    case 'describesobjectresult': {
      if (name.toLowerCase() !== 'fields' || target === undefined) return undefined;
      const fields = scope.program.signatureType('DescribeFieldMap', types.OBJECT);
      const details = {
        ...(fields.native && { native: fields.native }),
        ...(type.sobject && { sobject: type.sobject }),
      };
      const run: Eval = (frame) =>
        new ApexNative('DescribeFieldMap', new ObjectToken(state(target(frame), ObjectToken).schema));
      return { type: new Type('native', fields.name, details), run };
    }
    case 'describefieldmap': {
      const field = type.sobject?.field(name);
      if (field === undefined || type.sobject === undefined) return undefined;
      const token = fieldToken(type.sobject, field);
      return {
        type: scope.program.signatureType('DescribeFieldResult', types.OBJECT),
        run: () => new ApexNative('DescribeFieldResult', token.state),
      };
    }
    default:
      return undefined;
  }
}
