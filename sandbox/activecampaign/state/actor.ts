/** Who did it, as webhooks tell it apart: the contact, a user in the app, an API call, an automation. */
export const sources = ['public', 'admin', 'api', 'system'] as const;

export type Source = (typeof sources)[number];

export interface Actor {
  readonly source: Source;
  /** Part of a mass operation (an import), which fires no webhooks. */
  readonly mass?: boolean;
  /** Starts no automations. */
  readonly excludeAutomations?: boolean;
}

/** An automation's own doing. */
export const system: Actor = { source: 'system' };
