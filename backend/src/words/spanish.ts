import { connectingSentences } from './spanish/connecting.ts';
import { healthSentences } from './spanish/health.ts';
import { mappingSentences } from './spanish/mapping.ts';
import { recordSentences } from './spanish/records.ts';
import { requestSentences } from './spanish/requests.ts';
import { selectionSentences } from './spanish/selection.ts';
import { severalSentences } from './spanish/several.ts';
import { valueSentences } from './spanish/values.ts';

/** Every sentence template of the service, in English, and its Spanish. */
export const spanish = {
  ...valueSentences,
  ...mappingSentences,
  ...selectionSentences,
  ...recordSentences,
  ...healthSentences,
  ...connectingSentences,
  ...requestSentences,
  ...severalSentences,
};

export type Template = keyof typeof spanish;
