import type { Door } from './call.ts';
import { ok } from './call.ts';

/** Allowances of a Developer Edition org that nothing in the sandbox uses up. */
const UNTOUCHED: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 10_000,
  DailyStandardVolumePlatformEvents: 10_000,
  DailyWorkflowEmails: 405,
  DataStorageMB: 1_073,
  FileStorageMB: 1_073,
  HourlyAsyncReportRuns: 1_200,
  HourlyPublishedPlatformEvents: 50_000,
  MassEmail: 10,
  SingleEmail: 15,
};

/** Limits. */
export const limitsDoors: readonly Door[] = [
  {
    method: 'GET',
    path: '/limits',
    handle: ({ usage }) => {
      const others = Object.entries(UNTOUCHED).map(([name, Max]) => [name, { Max, Remaining: Max }]);
      return ok({
        DailyApiRequests: { Max: usage.dailyLimit, Remaining: usage.remaining },
        ...Object.fromEntries(others),
      });
    },
  },
];
