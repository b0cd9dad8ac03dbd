import type { Manifest } from '../connector.ts';

/** ActiveCampaign's declared facts (API reference: "Base URL", "Rate Limits", "Pagination", "Bulk import contacts"). */
export const manifest: Manifest = {
  platform: 'activecampaign',
  label: 'ActiveCampaign',
  hosts: ['*.api-us1.com', '*.activehosted.com'],
  limits: {
    requestsPerSecond: 5,
    importsPerMinute: 100,
    importBatch: 250,
    importBytes: 400_000,
    readPage: 100,
    bulkFrom: 10,
  },
};

/**
 * The windows of an account's budget. Imports have a limit of their own instead of the other calls' (API reference,
 * "Bulk import contacts"); their bodies are large, so that on their way they move further together than others.
 */
export const windows = {
  requests: { calls: manifest.limits.requestsPerSecond, milliseconds: 1_000, shift: 110 },
  imports: { calls: manifest.limits.importsPerMinute, milliseconds: 60_000, shift: 1_500 },
};
