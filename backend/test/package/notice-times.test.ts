import { beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { z } from 'zod';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';
import { look } from '../support/look.ts';

// From an edit to its batch, by a clock that the service and the org share and that the test alone moves.
const MINUTE = 60_000;
const database = await createTestDatabase();
const org = await createConnectedOrg(database, {}, { withApex: true, standsStill: true });
const now = () => org.service.app.clock.now();

let rep: Connection;
let id: string;
beforeAll(async () => {
  await org.setUp();
  await org.call('PUT', '/v1/schedule/outbound', { schedule: { kind: 'hourly', every: 12 }, paused: false });
  id = await org.lead({ Email: 'ana@acme.example' });
  await look(database, org);
  const call = { username: 'admin@sandbox.test', class: 'SetupController', method: 'getMappings' };
  z.object({ ok: z.literal(true) }).parse(await org.salesforce.control('apex', call));
  rep = new Connection({ loginUrl: org.salesforce.url, version: '64.0' });
  await rep.login('rep@sandbox.test', 'sandbox1234sandboxtoken');
  org.pass(2 * MINUTE);
});

/** When the service was told last. */
async function noticedAt(): Promise<number> {
  const [row] = await database.asOwner<{ noticed_at: Date | null }>(
    "SELECT noticed_at FROM schedule WHERE tenant_id = $1 AND direction = 'outbound'",
    [org.scope.tenantId],
  );
  return row?.noticed_at?.getTime() ?? 0;
}

/** Resolves once the service was told after a time. */
async function toldAfter(before: number): Promise<number> {
  for (;;) {
    const at = await noticedAt();
    if (at > before) return at;
  }
}

const edit = (phone: string) => rep.sobject('Lead').update({ Id: id, Phone: phone });

test('an edit right after a notice is told of within a minute, a minute after that notice, at no API call', async () => {
  await edit('+34 600 111 001');
  const first = await toldAfter(0);
  expect(first).toBe(now());
  expect(await look(database, org)).toMatchObject([{ trigger: 'notice' }]);
  await org.salesforce.forgetCalls();

  org.pass(1_000);
  const made = now();
  await edit('+34 600 111 002');
  org.pass(MINUTE - 1_000);
  const second = await toldAfter(first);

  expect(second - made).toBeLessThanOrEqual(MINUTE);
  expect(second - first).toBeGreaterThanOrEqual(MINUTE);
  expect(Object.keys(await org.salesforce.calls())).toEqual([expect.stringMatching(/^PATCH /)]);
  expect(await look(database, org)).toMatchObject([{ trigger: 'notice' }]);
  expect(await org.onPlatform('GET', '/contacts?email=ana%40acme.example')).toMatchObject({
    contacts: [{ phone: '+34 600 111 002' }],
  });
});
