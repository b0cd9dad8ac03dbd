import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, installDoors } from '../../common/control.ts';
import { fieldDefinition } from './custom-fields.ts';
import { toId18 } from './ids.ts';
import type { SandboxOrg } from './org.ts';
import { duplicateRule, leadConvertMapping, rowLock, validationRule } from './rules.ts';
import { ApiError } from './types.ts';
import type { UserContext } from './types.ts';

const objectAndField = z.object({ object: z.string(), field: fieldDefinition });
const fieldsBody = z.union([objectAndField.transform((one) => [one]), z.array(objectAndField)]);
const locksBody = z.array(rowLock);
const assignmentBody = z.object({ ownerId: z.string().nullable() });
const mergeBody = z.object({
  object: z.string(),
  masterId: z.string(),
  loserIds: z.array(z.string()),
  /** New values for the master. */
  values: z.record(z.string(), z.unknown()).default({}),
});
const convertBody = z.object({
  leadId: z.string(),
  accountId: z.string().optional(),
  contactId: z.string().optional(),
  createOpportunity: z.boolean().optional(),
  convertedStatus: z.string().optional(),
});
/** Org-wide defaults by object. */
const sharingBody = z.record(z.string(), z.enum(['public', 'private']));
const undeleteBody = z.object({ ids: z.array(z.string()) });

function known(org: SandboxOrg, object: string): string {
  const found = org.schema.object(object);
  if (found === undefined) throw new ControlError(`There is no object ${object}`);
  return found.name;
}

function knownField(org: SandboxOrg, object: string, field: string): string {
  const found = org.schema.object(object)?.field(field);
  if (found === undefined) throw new ControlError(`There is no field ${object}.${field}`);
  return found.name;
}

/** Who merges, converts and undeletes through these doors: the org's first user, free of field-level security. */
function actorOf(org: SandboxOrg): UserContext {
  const [user] = org.table('User')?.rows() ?? [];
  if (user === undefined) throw new ControlError('The org has no users');
  return {
    id: user.Id,
    username: String(user['Username']),
    isAdmin: true,
    timeZone: 'utc',
    fieldAccess: () => 'edit',
  };
}

/** Runs what REST cannot do; the org's refusal becomes the control door's. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) throw new ControlError(`${error.errorCode}: ${error.message}`);
    throw error;
  }
}

/**
 * Control doors of the org's schema, rules and of what only SOAP and Apex can do in Salesforce:
 * `fields`, `validation-rules`, `duplicate-rules`, `assignment-rule`, `lead-convert-mapping`, `sharing`, `locks`,
 * `merge`, `convert`, `undelete`. Lists replace what was there.
 */
export function registerOrgControl(app: FastifyInstance, org: SandboxOrg): void {
  installDoors(app, (doors) => {
    doors.post('/fields', async (request) => {
      const fields = fieldsBody.parse(request.body);
      for (const { object } of fields) known(org, object);
      return { fields: fields.map(({ object, field }) => org.schema.addField(object, field).name) };
    });
    doors.post('/validation-rules', async (request) => {
      const rules = z.array(validationRule).parse(request.body);
      for (const rule of rules)
        for (const { field } of rule.when) knownField(org, known(org, rule.object), field);
      org.rules.validation = rules;
      return { rules };
    });
    doors.post('/duplicate-rules', async (request) => {
      const rules = z.array(duplicateRule).parse(request.body);
      org.rules.duplicates = rules.map((rule) => ({
        ...rule,
        object: known(org, rule.object),
        matchOn: rule.matchOn.map((field) => knownField(org, rule.object, field)),
        ...(rule.against === undefined ? {} : { against: rule.against.map((object) => known(org, object)) }),
      }));
      return { rules: org.rules.duplicates };
    });
    doors.post('/assignment-rule', async (request) => {
      const { ownerId } = assignmentBody.parse(request.body);
      org.rules.leadAssignmentOwner = ownerId === null ? undefined : (toId18(ownerId) ?? ownerId);
      return { ownerId };
    });
    doors.post('/lead-convert-mapping', async (request) => {
      org.rules.leadConvertMapping = leadConvertMapping.parse(request.body);
      return { mapping: org.rules.leadConvertMapping };
    });
    doors.post('/sharing', async (request) => {
      const defaults = Object.entries(sharingBody.parse(request.body));
      for (const [object] of defaults) knownField(org, known(org, object), 'OwnerId');
      for (const [object, access] of defaults) org.sharing.set(object, access);
      return { sharing: Object.fromEntries(defaults) };
    });
    doors.post('/locks', async (request) => {
      const locks = locksBody.parse(request.body);
      org.rules.unlockAll();
      for (const lock of locks) org.rules.lock({ ...lock, id: toId18(lock.id) ?? lock.id });
      return { locks: org.rules.lockedIds() };
    });
    doors.post('/merge', async (request) => {
      const { object, masterId, loserIds, values } = mergeBody.parse(request.body);
      return attempt(() =>
        org.merge(actorOf(org), known(org, object), { ...values, Id: masterId }, loserIds),
      );
    });
    doors.post('/convert', async (request) => {
      const { leadId, accountId, contactId, createOpportunity, convertedStatus } = convertBody.parse(
        request.body,
      );
      const options = {
        ...(accountId === undefined ? {} : { accountId }),
        ...(contactId === undefined ? {} : { contactId }),
        ...(createOpportunity === undefined ? {} : { createOpportunity }),
        ...(convertedStatus === undefined ? {} : { convertedStatus }),
      };
      return attempt(() => org.convertLead(actorOf(org), leadId, options));
    });
    doors.post('/undelete', async (request) => {
      const { ids } = undeleteBody.parse(request.body);
      return { results: org.undelete(actorOf(org), ids) };
    });
  });
}
