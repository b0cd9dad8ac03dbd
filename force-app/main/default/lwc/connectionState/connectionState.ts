import type { Connection } from 'service';
import type { Failure } from 'c/failure';

/** What the bar of a connection shows. */
export interface BarContent {
  readonly state: 'connected' | 'error' | 'none';
  readonly account: string;
  readonly failure: Failure | undefined;
}

/** @param failure of the attempt that was just made, which counts for more than what the service remembers */
export function barOf(connection: Connection | undefined, failure: Failure | undefined): BarContent {
  const account = connection?.accountName ?? connection?.account ?? '';
  if (failure !== undefined) return { state: 'error', account, failure };
  if (connection === undefined || connection.state === 'disconnected') {
    return { state: 'none', account, failure: undefined };
  }
  const { state, problem } = connection;
  return { state, account, failure: problem ?? undefined };
}
