import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from './support/database.ts';
import { startService } from './support/service.ts';

const { call, log } = await startService(await createTestDatabase());

describe('operation', () => {
  test('/health and /ready say that it runs and can work', async () => {
    expect((await call('GET', '/health')).json).toEqual({ status: 'ok' });
    expect((await call('GET', '/ready')).status).toBe(200);
  });

  test('/metrics counts requests by route, not by path', async () => {
    await call('GET', '/health?who=me');
    const { text } = await call('GET', '/metrics');
    expect(text).toMatch(
      /syncline_http_request_seconds_count\{method="GET",route="\/health",status="200"\} \d/,
    );
    expect(text).not.toContain('who=me');
  });

  test('/openapi.json describes the API with the schemas that check it', async () => {
    const { json } = await call('GET', '/openapi.json');
    expect(json).toMatchObject({ paths: { '/health': { get: { responses: { 200: {} } } } } });
  });
});

describe('an error', () => {
  test('of an unknown address is one of the catalogue, with the request id', async () => {
    const { status, error } = await call('GET', '/v2/nothing');
    expect(status).toBe(404);
    expect(error).toMatchObject({ code: 'SYNC_NOT_FOUND', retryable: false, details: {} });
    expect(error?.remedy).not.toBe('');
    expect(log()).toContain(error?.requestId);
  });
});
