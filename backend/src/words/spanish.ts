import { connectingSentences } from './spanish/connecting.ts';
import { healthSentences } from './spanish/health.ts';
import { recordSentences } from './spanish/records.ts';
import { requestSentences } from './spanish/requests.ts';
import { valueSentences } from './spanish/values.ts';

/** Every sentence template of the service, in English, and its Spanish. */
export const spanish = {
  ...valueSentences,
  ...recordSentences,
  ...healthSentences,
  ...connectingSentences,
  ...requestSentences,
};

export type Template = keyof typeof spanish;
