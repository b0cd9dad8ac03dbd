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
  mappingSchema,
  pairSchema,
  problemSchema,
} from '../../../backend/src/schemas/mapping.ts';
import type { setupStateSchema } from '../../../backend/src/schemas/setup-session.ts';

export type Activities = z.infer<typeof activitiesSchema>;
export type Activity = Activities['activities'][number];

export type Campaigns = z.infer<typeof campaignsSchema>;
export type Automations = z.infer<typeof automationsSchema>;
export type AutomationOffer = z.infer<typeof offerSchema>;

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

interface Explained {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
}
type Value = string | number | boolean | readonly string[] | null;

export interface MappingPreview {
  readonly records: readonly {
    readonly salesforceId: string;
    readonly name: string | null;
    readonly values: readonly {
      readonly salesforceField: string;
      readonly salesforceValue: Value;
      readonly platformField: string;
      readonly platformValue: Value;
      readonly problem: Explained | null;
    }[];
  }[];
}

export type SetupState = z.infer<typeof setupStateSchema>;
export type SetupStep = SetupState['steps'][number];
