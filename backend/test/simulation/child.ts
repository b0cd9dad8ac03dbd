import { mutate } from './mutate.ts';
import type { Task } from './command.ts';

/** A process of its own for a share of the seeds, or for a mutant of the engine. */
const mutant = process.env['SIMULATION_MUTANT'];
if (mutant !== undefined) mutate(mutant);

// The engine is loaded only now, so that it can be another one.
const { runTask } = await import('./command.ts');

process.once('message', (task) => {
  runTask(task as Task, (report) => process.send?.(report)) // what command.ts sends
    .then(
      () => process.disconnect(),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
});
