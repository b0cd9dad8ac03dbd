import { sentence, type Told } from './told.ts';

/** Several things as a list within a sentence. */
export function listed(items: readonly Told[]): Told {
  return joined(items, (before, after) => sentence('{before}, {after}', { before, after }));
}

/** Several sentences, one after the other. */
export function inSequence(sentences: readonly Told[]): Told {
  return joined(sentences, (before, after) => sentence('{before} {after}', { before, after }));
}

/** By halves, so that hundreds nest but a few levels deep. */
function joined(parts: readonly Told[], join: (before: Told, after: Told) => Told): Told {
  const [first = ''] = parts;
  if (parts.length <= 1) return first;
  const middle = Math.ceil(parts.length / 2);
  return join(joined(parts.slice(0, middle), join), joined(parts.slice(middle), join));
}
