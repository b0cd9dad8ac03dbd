import { nextFire, parseCron } from '../apex/run/cron.ts';
import type { LoadableOrg } from './seed.ts';

/** Jobs that any org may have; `type` is one of `CronJobDetail.JobType`. */
const JOBS = [
  { name: 'Weekly Data Export', type: '0', cron: '0 0 2 ? * SAT' },
  { name: 'Pipeline by Region and Industry: dashboard refresh', type: '3', cron: '0 30 6 ? * MON-FRI' },
];

/** The org's own. */
const TIME_ZONE = 'America/Los_Angeles';

/** Gives the demo org scheduled jobs of its own. They stand in lists and do nothing. @param now in milliseconds */
export function seedJobs(org: LoadableOrg, now: number): void {
  for (const { name, type, cron } of JOBS) {
    const expression = parseCron(cron);
    const next = expression && nextFire(expression, now, TIME_ZONE);
    if (next === undefined) throw new Error(`The job "${name}" would never run.`);
    const [detail = null] = org.bulkLoad('CronJobDetail', [{ Name: name, JobType: type }]);
    org.bulkLoad('CronTrigger', [
      {
        CronJobDetailId: detail,
        CronExpression: cron,
        State: 'WAITING',
        NextFireTime: new Date(next).toISOString(),
        PreviousFireTime: null,
        StartTime: new Date(now).toISOString(),
        TimesTriggered: 0,
        TimeZoneSidKey: TIME_ZONE,
      },
    ]);
  }
}
