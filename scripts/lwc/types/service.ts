/** What the sync service sends through Apex, in the very types of its schemas. */
import type { z } from 'zod';
import type { activitiesSchema } from '../../../backend/src/schemas/activity.ts';
import type {
  automationsSchema,
  campaignsSchema,
  offerSchema,
} from '../../../backend/src/schemas/automation.ts';
import type {
  authorizationSchema,
  authorizationStartedSchema,
  connectionListSchema,
  connectionSchema,
} from '../../../backend/src/schemas/connection.ts';
import type {
  fieldsSchema,
  mappingPreviewSchema,
  mappingSchema,
  pairSchema,
  problemSchema,
} from '../../../backend/src/schemas/mapping.ts';
import type {
  personSchema,
  previewSchema,
  scheduleSchema,
  scheduleStateSchema,
  selectionSchema,
} from '../../../backend/src/schemas/selection.ts';
import type { causeSchema, recordSchema } from '../../../backend/src/schemas/record.ts';
import type { dryRunSchema } from '../../../backend/src/schemas/dry-run.ts';
import type { runSchema } from '../../../backend/src/schemas/run.ts';
import type { setupStateSchema } from '../../../backend/src/schemas/setup-session.ts';

export type DryRun = z.infer<typeof dryRunSchema>;
export type DryRunDirection = NonNullable<DryRun['outbound']>;
export type DryRunSample = DryRunDirection['samples'][number];
export type Run = z.infer<typeof runSchema>;

export type Activities = z.infer<typeof activitiesSchema>;
export type Activity = Activities['activities'][number];

export type Campaigns = z.infer<typeof campaignsSchema>;
export type Automations = z.infer<typeof automationsSchema>;
export type AutomationOffer = z.infer<typeof offerSchema>;

/** What RecordController.getOffers answers. */
export interface Offers {
  readonly enabled: boolean;
  readonly campaigns: Campaigns['campaigns'];
  readonly automations: Automations['automations'];
}

/** Why records are not in step, with how many they are. */
export type Cause = z.infer<typeof causeSchema>;
export type SyncedRecord = z.infer<typeof recordSchema>;
export type RecordField = SyncedRecord['fields'][number];

export type Connection = z.infer<typeof connectionSchema>;
export type ConnectionList = z.infer<typeof connectionListSchema>;
export type AuthorizationStarted = z.infer<typeof authorizationStartedSchema>;
export type Authorization = z.infer<typeof authorizationSchema>;

export type Fields = z.infer<typeof fieldsSchema>;
export type SalesforceField = Fields['salesforce']['Lead'][number];
export type PlatformField = Fields['platform']['contact'][number];
export type FieldPair = z.infer<typeof pairSchema>;
export type ObjectMapping = z.infer<typeof mappingSchema>;
export type FieldMapping = ObjectMapping['fields'][number];
export type MappingProblem = z.infer<typeof problemSchema>;
export type SalesforceObject = ObjectMapping['object'];

export type MappingPreview = z.infer<typeof mappingPreviewSchema>;

export type Person = z.infer<typeof personSchema>;
export type Selection = z.infer<typeof selectionSchema>;
export type CriteriaSelection = Extract<Selection, { mode: 'criteria' }>;
export type SelectionRule = CriteriaSelection['rules'][number];
export type SelectionPreview = z.infer<typeof previewSchema>;
export type Schedule = z.infer<typeof scheduleSchema>;
export type ScheduleState = z.infer<typeof scheduleStateSchema>;

/** What Apex tells of a scheduled job of the org, class ScheduledJob. */
export interface OrgJob {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly nextRunAt: string | null;
}

export type SetupState = z.infer<typeof setupStateSchema>;
export type SetupStep = SetupState['steps'][number];
