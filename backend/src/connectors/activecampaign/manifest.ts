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

/** Calls a second that the vendor allows an account, by the windows of its budget. */
export const callsPerSecond = {
  requests: manifest.limits.requestsPerSecond,
  imports: manifest.limits.importsPerMinute / 60,
};
