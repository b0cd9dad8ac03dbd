import { connectingErrors } from './errors/connecting.ts';
import { peopleErrors } from './errors/people.ts';
import { platformErrors } from './errors/platform.ts';
import { requestErrors } from './errors/request.ts';
import { runErrors } from './errors/runs.ts';
import { salesforceErrors } from './errors/salesforce.ts';
import { valueErrors } from './errors/values.ts';

export type { ErrorEntry } from './errors/entry.ts';

/** Every code that a user can meet. A code that is not here does not exist. */
export const catalogue = {
  ...requestErrors,
  ...valueErrors,
  ...salesforceErrors,
  ...platformErrors,
  ...connectingErrors,
  ...runErrors,
  ...peopleErrors,
};

export type ErrorCode = keyof typeof catalogue;
