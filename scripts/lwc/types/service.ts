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

export type SetupState = z.infer<typeof setupStateSchema>;
export type SetupStep = SetupState['steps'][number];
