import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, installDoors } from '../../../common/control.ts';
import type { UserDirectory } from '../../identity/users.ts';
import type { Apex } from './apex.ts';
import type { LiveApex } from './live.ts';

const callBody = z.strictObject({
  username: z.string(),
  class: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Control doors of an org with Apex: `POST /__sandbox/apex` `{username, class, method, params?}` calls an
 * `@AuraEnabled` method as a component of that user does; `GET /__sandbox/credentials` tells the secrets that external
 * credentials hold, which an org shows to nobody.
 */
export function registerApexDoors(
  app: FastifyInstance,
  { live, apex, users }: { live: LiveApex; apex: Apex; users: UserDirectory },
): void {
  installDoors(app, (doors) => {
    doors.post('/apex', async (request) => {
      const call = callBody.parse(request.body);
      const user = users.byUsername(call.username);
      if (user === undefined) throw new ControlError(`There is no user ${call.username}.`);
      if (live.componentMethod(call.class, call.method) === undefined)
        throw new ControlError(`There is no @AuraEnabled method ${call.class}.${call.method}.`);
      return live.callAura(call.class, call.method, call.params, users.context(user));
    });

    doors.get('/credentials', async () =>
      Object.fromEntries(
        [...apex.credentials].map(([principal, values]) => [principal, Object.fromEntries(values)]),
      ),
    );
  });
}
