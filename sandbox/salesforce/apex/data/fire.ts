import type { TriggerEvent } from '../../org/triggers.ts';
import { ApexFailure, Thrown } from '../runtime/errors.ts';
import { display } from '../runtime/display.ts';
import { invoke } from '../runtime/invoke.ts';
import type { Transaction } from '../runtime/transaction.ts';
import { contextOf } from './trigger-context.ts';

const DEEPEST = 16;

/** What a save says of rows whose trigger failed. */
function complaint(trigger: string, moment: string, error: Thrown, transaction: Transaction): string {
  const { exception } = error;
  const trace = exception.failure?.trace.join('\n') ?? '';
  const shown = display(exception, transaction.root());
  return `${trigger}: execution of ${moment}\n\ncaused by: ${shown}\n\n${trace}`;
}

/**
 * Runs the package's triggers on one event. An exception refuses every row of it, and takes back what the triggers saved.
 */
export function fire(event: TriggerEvent, timing: 'before' | 'after', transaction: Transaction): void {
  const { program, host } = transaction;
  const moment = `${timing} ${event.operation}` as const;
  const schema = program.schema.object(event.object);
  const triggers = program.triggers.filter(
    ({ declaration }) =>
      declaration.object.toLowerCase() === event.object.toLowerCase() && declaration.moments.has(moment),
  );
  if (schema === undefined || triggers.length === 0) return;
  if (transaction.triggers.length >= DEEPEST)
    throw new ApexFailure('DmlException', 'Maximum trigger depth exceeded');
  const { context, writeBack } = contextOf(event, timing, schema);
  transaction.triggers.push(context);
  try {
    for (const trigger of triggers) {
      const body = trigger.class.methods.get('<body>')?.[0];
      if (body === undefined) continue;
      try {
        host.org.transaction(
          () => invoke(body, null, [], transaction.root()),
          () => true,
        );
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        const name = timing === 'before' ? 'Before' : 'After';
        const operation = event.operation.slice(0, 1).toUpperCase() + event.operation.slice(1);
        const message = complaint(trigger.declaration.name, name + operation, error, transaction);
        for (const row of event.rows)
          row.addError(message, { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' });
      }
    }
    writeBack();
  } finally {
    transaction.triggers.pop();
  }
}
