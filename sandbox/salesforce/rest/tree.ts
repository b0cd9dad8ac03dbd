import { z } from 'zod';
import type { SObjectDefinition } from '../org/schema.ts';
import type { InputRow, SaveError } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { checkJsonRow, parseBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { objectOf } from './call.ts';
import { onlyResult } from './records.ts';
import { saveOptions } from './save-headers.ts';

const MOST_RECORDS = 200;
const MOST_LEVELS = 5;
const MOST_TYPES = 5;

const treeRecord = z.looseObject({ attributes: z.object({ type: z.string(), referenceId: z.string() }) });
const treeBody = z.object({ records: z.array(treeRecord).min(1) });
const nested = z.object({ records: z.array(treeRecord) });

/** One record of the tree, with what hangs on it. */
interface Node {
  readonly referenceId: string;
  readonly object: SObjectDefinition;
  readonly row: InputRow;
  readonly children: readonly { readonly field: string; readonly nodes: readonly Node[] }[];
}

function readNode(call: Call, raw: z.infer<typeof treeRecord>, expected: string | undefined): Node {
  const { type, referenceId } = raw.attributes;
  const object = call.org.schema.object(type);
  if (object === undefined || (expected !== undefined && object.name !== expected)) {
    throw new ApiError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported here.`);
  }
  const row: Record<string, unknown> = {};
  const children: { field: string; nodes: Node[] }[] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'attributes') continue;
    const relation = object.childRelationships.find(
      (known) => known.relationshipName.toLowerCase() === name.toLowerCase(),
    );
    if (relation === undefined) row[name] = value;
    else {
      const { records } = parseBody(nested, value);
      children.push({
        field: relation.field,
        nodes: records.map((child) => readNode(call, child, relation.childSObject)),
      });
    }
  }
  checkJsonRow(call.user, object, row);
  return { referenceId, object, row, children };
}

function* walk(nodes: readonly Node[], level = 1): Generator<{ node: Node; level: number }> {
  for (const node of nodes) {
    yield { node, level };
    for (const { nodes: below } of node.children) yield* walk(below, level + 1);
  }
}

function checkSize(nodes: readonly Node[]): void {
  const all = [...walk(nodes)];
  const types = new Set(all.map(({ node }) => node.object));
  const levels = Math.max(...all.map(({ level }) => level));
  if (all.length > MOST_RECORDS || types.size > MOST_TYPES || levels > MOST_LEVELS) {
    const message = `A tree has at most ${MOST_RECORDS} records of ${MOST_TYPES} types on ${MOST_LEVELS} levels`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
  const references = new Set(all.map(({ node }) => node.referenceId));
  if (references.size < all.length)
    throw new ApiError(400, 'INVALID_INPUT', 'Duplicate ReferenceId provided in the request.');
}

interface Outcome {
  readonly saved: { readonly referenceId: string; readonly id: string }[];
  readonly refused: { readonly referenceId: string; readonly errors: readonly SaveError[] }[];
}

function save(
  call: Call,
  nodes: readonly Node[],
  parent: { field: string; id: string } | undefined,
  outcome: Outcome,
): void {
  for (const { referenceId, object, row, children } of nodes) {
    const linked = parent === undefined ? row : { ...row, [parent.field]: parent.id };
    const result = onlyResult(call.org.insert(call.user, object.name, [linked], saveOptions(call)));
    if (!result.success) {
      outcome.refused.push({ referenceId, errors: result.errors });
      continue;
    }
    outcome.saved.push({ referenceId, id: result.id });
    for (const { field, nodes: below } of children) save(call, below, { field, id: result.id }, outcome);
  }
}

function tree(call: Call): Answer {
  const object = objectOf(call);
  const { records } = parseBody(treeBody, call.body);
  const nodes = records.map((record) => readNode(call, record, object.name));
  checkSize(nodes);
  const outcome: Outcome = { saved: [], refused: [] };
  call.org.transaction(
    () => save(call, nodes, undefined, outcome),
    () => outcome.refused.length === 0,
  );
  if (outcome.refused.length === 0)
    return { status: 201, body: { hasErrors: false, results: outcome.saved } };
  const results = outcome.refused.map(({ referenceId, errors }) => ({
    referenceId,
    errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
  }));
  return { status: 400, body: { hasErrors: true, results } };
}

/** sObject Tree: records with their children, all or none of them. */
export const treeDoors: readonly Door[] = [{ method: 'POST', path: '/composite/tree/:object', handle: tree }];
