import { catalogue, isSyncError, type ErrorCode } from '../lib/errors.ts';
import { noteBothAnswered } from '../store/connections.ts';
import { beatRun, endRun } from '../store/runs.ts';
import { type Told } from '../words/told.ts';
import { inTenant, settleOvertaken, type RunContext } from './context.ts';
import { rehearse } from './rehearsal.ts';
import { act, observeAndWrite } from './steps.ts';

/** Errors after which the same run can only fail again until somebody or something changes. */
export const pausing: readonly ErrorCode[] = [
  'SYNC_SALESFORCE_DAILY_LIMIT',
  'SYNC_SALESFORCE_UNAUTHORIZED',
  'SYNC_SALESFORCE_API_DISABLED',
  'SYNC_PLATFORM_UNAUTHORIZED',
  'SYNC_PLATFORM_PAYMENT_DUE',
  'SYNC_BUDGET_EXHAUSTED',
];

const beatEvery = 10_000;

/**
 * One run: observe both sides, plan from what is stored, write one side, acknowledge. Everything that was seen or
 * done is committed as it goes, so a run that is cut anywhere goes on where it was (invariant 7).
 */
export async function executeRun(context: RunContext): Promise<'succeeded' | 'failed' | 'paused' | 'lost'> {
  const stopBeating = keepBeating(context);
  try {
    try {
      await work(context);
    } catch (error) {
      if (!isSyncError(error, 'SYNC_SALESFORCE_FIELD_UNKNOWN')) throw error;
      // A field has gone since fields were last looked at: the others go on.
      context.settings = await context.renewSettings();
      await work(context);
    }
    await end(context, 'succeeded', context.settings.notice ?? context.notice);
    return 'succeeded';
  } catch (error) {
    if (isSyncError(error, 'SYNC_RUN_TAKEN_OVER')) {
      context.logger.info({ run: context.run.id }, 'another worker carries on the run');
      return 'lost';
    }
    const code = isSyncError(error) ? error.code : 'SYNC_INTERNAL';
    const state = pausing.includes(code) ? 'paused' : 'failed';
    context.logger.error({ run: context.run.id, err: error, code }, `the run ${state}`);
    const message = isSyncError(error) ? error.told : catalogue.SYNC_INTERNAL.meaning;
    await end(context, state, { code, message });
    return state;
  } finally {
    stopBeating();
  }
}

async function work(context: RunContext): Promise<void> {
  if (context.rehearsal !== null) return rehearse(context, context.rehearsal);
  await observeAndWrite(context, context.run.direction);
  await act(context, context.run.direction);
}

async function end(
  context: RunContext,
  state: 'succeeded' | 'failed' | 'paused',
  error: { code: string; message: Told } | null,
): Promise<void> {
  await inTenant(context, async (tx) => {
    await settleOvertaken(context, tx);
    await endRun(tx, context.scope.tenantId, context.run.id, {
      state,
      error,
      progress: context.progress.snapshot(),
      now: context.clock.now(),
    });
    if (state === 'succeeded') await noteBothAnswered(tx, context.scope.connectionId);
  });
}

/** Signs of life while a vendor keeps the run waiting; the run itself notices when it was taken over. */
function keepBeating(context: RunContext): () => void {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    for (;;) {
      await context.clock.sleep(beatEvery, stop.signal);
      await inTenant(context, (tx) =>
        beatRun(tx, context.scope.tenantId, context.run.id, context.progress.snapshot(), context.clock.now()),
      );
    }
  };
  loop().catch((error: unknown) => {
    if (!stop.signal.aborted)
      context.logger.warn({ run: context.run.id, err: error }, 'a sign of life could not be stored');
  });
  return () => stop.abort();
}
