import type { UserContext } from '../../org/types.ts';
import type { Frame } from '../runtime/frame.ts';

export type Mode = 'user' | 'system';

type Contexts = WeakMap<UserContext, UserContext>;
const shared: Contexts = new WeakMap();
const unshared: Contexts = new WeakMap();

/** The same user for whom every field is open, and every record unless sharing holds: Apex in system mode. */
function inSystemMode(user: UserContext, withSharing: boolean): UserContext {
  const contexts = withSharing ? shared : unshared;
  const known = contexts.get(user);
  if (known !== undefined) return known;
  const { objectAccess: _limited, ...open } = user;
  const context: UserContext = {
    ...open,
    fieldAccess: () => 'edit',
    ...(!withSharing && { othersRecords: () => 'edit' }),
  };
  contexts.set(user, context);
  return context;
}

/** Who reads and saves for this code. User mode respects sharing whatever the class says. */
export function actorOf(frame: Frame, mode: Mode): UserContext {
  const { user } = frame.transaction;
  return mode === 'user' ? user : inSystemMode(user, frame.withSharing);
}
