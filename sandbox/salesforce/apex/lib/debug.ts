import { joined } from '../runtime/display.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Value } from '../runtime/values.ts';

/** A line of the debug log: the place and what was said. */
export function debugged(message: Value, frame: Frame): string {
  return `${frame.owner?.file ?? 'anonymous'}:${frame.line}|${joined(message, frame)}`;
}
