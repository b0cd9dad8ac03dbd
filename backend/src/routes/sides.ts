import type { FastifyInstance, FastifyRequest } from 'fastify';
import { packageFields } from '../engine/marks.ts';
import type { OpenVendors } from '../engine/vendors.ts';
import { isSyncError } from '../lib/errors.ts';
import { platformConnection } from '../store/pairs.ts';
import type { Scope } from '../store/scope.ts';
import type { PlatformField, SalesforceField, SalesforceObject } from '../sync/types.ts';

/** Whose settings a request is about. @throws SyncError as `platformConnection` does */
export async function scopeOf(
  app: FastifyInstance,
  request: FastifyRequest,
  connectionId: string | undefined,
): Promise<Scope> {
  const tenantId = request.tenant.id;
  return {
    tenantId,
    connectionId: await app.database.withTenant(tenantId, (tx) => platformConnection(tx, connectionId)),
  };
}

/** Both vendors of a scope, for the calls that a person waits for. */
export async function openSides(app: FastifyInstance, scope: Scope): Promise<OpenVendors> {
  return app.vendors.open(scope, {
    counted: { salesforce: () => undefined, platform: () => undefined },
    lane: () => 'live',
  });
}

export interface ObjectFields {
  readonly salesforce: readonly SalesforceField[];
  readonly platform: readonly PlatformField[];
}

/** The fields that can be paired for an object, as they are now. */
export async function liveFields(sides: OpenVendors, object: SalesforceObject): Promise<ObjectFields> {
  const [salesforce, platform] = await Promise.all([
    sides.salesforce.describe(object),
    sides.connector.describe(object === 'Account' ? 'account' : 'contact'),
  ]);
  return { salesforce: mappable(salesforce, sides), platform };
}

/** Without the package's own fields, which tell of the sync and are no part of it. */
export function mappable(fields: readonly SalesforceField[], sides: OpenVendors): SalesforceField[] {
  const own: readonly string[] = Object.values(packageFields(sides.packageNamespace));
  return fields.filter((field) => !own.includes(field.name));
}

/** The platform's account fields, null where its plan has no accounts. */
export async function accountFields(sides: OpenVendors): Promise<readonly PlatformField[] | null> {
  try {
    return await sides.connector.describe('account');
  } catch (error) {
    if (isSyncError(error, 'SYNC_PLATFORM_FORBIDDEN')) return null;
    throw error;
  }
}
