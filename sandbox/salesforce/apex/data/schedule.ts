import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import type { ApexInstance } from '../runtime/values.ts';
import { nextFire, parseCron } from '../run/cron.ts';

/** A scheduled Apex class in `CronJobDetail.JobType`. */
const SCHEDULED_APEX = '7';
const MOST_JOBS = 100;

/** Jobs that wait under their CronTrigger's id. */
function running(frame: Frame, name: string): boolean {
  const { org } = frame.transaction.host;
  const triggers = [...(org.table('CronTrigger')?.rows() ?? [])].filter((row) => row['State'] === 'WAITING');
  if (triggers.length >= MOST_JOBS)
    raise('AsyncException', 'You have exceeded the maximum number (100) of Apex scheduled jobs.');
  return triggers.some((row) => {
    const detail = row['CronJobDetailId'];
    return typeof detail === 'string' && org.table('CronJobDetail')?.get(detail)?.['Name'] === name;
  });
}

/**
 * `System.schedule`: a CronTrigger that waits for its hour.
 * @throws ApexFailure for an expression that means nothing, and for a name that is taken.
 */
export function schedule(name: string, cron: string, job: ApexInstance, frame: Frame): string {
  const { transaction } = frame;
  const { org, clock } = transaction.host;
  const { timeZone, id: userId } = transaction.user;
  const expression = parseCron(cron) ?? raise('StringException', `Illegal cron expression format (${cron})`);
  if (running(frame, name))
    raise('AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
  const next =
    nextFire(expression, clock.now(), timeZone) ??
    raise('StringException', 'Based on configured schedule, the given trigger will never fire.');
  const detail = org.systemInsert('CronJobDetail', { Name: name, JobType: SCHEDULED_APEX });
  const id = org.systemInsert('CronTrigger', {
    CronJobDetailId: detail,
    CronExpression: cron,
    State: 'WAITING',
    NextFireTime: new Date(next).toISOString(),
    PreviousFireTime: null,
    StartTime: new Date(clock.now()).toISOString(),
    TimesTriggered: 0,
    TimeZoneSidKey: timeZone,
    OwnerId: userId,
    CreatedById: userId,
    LastModifiedById: userId,
  });
  transaction.uncommitted = true;
  if (transaction.test === undefined)
    transaction.host.schedule({ triggerId: id, job, user: transaction.user, expression });
  else if (transaction.test.phase === 'between') transaction.test.scheduled.push({ job, triggerId: id });
  return id;
}

/** `System.abortJob`. */
export function unschedule(jobId: string, frame: Frame): void {
  const { org } = frame.transaction.host;
  if (org.table('CronTrigger')?.get(jobId) === undefined)
    raise('StringException', `Invalid id value for this SObject type: ${jobId}`);
  org.systemWrite(jobId, { State: 'DELETED', IsDeleted: true });
  frame.transaction.uncommitted = true;
}
