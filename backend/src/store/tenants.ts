import type { Tx } from './scope.ts';

/** An org, proven or claimed. */
export interface Tenant {
  readonly id: string;
  readonly state: 'pending' | 'active';
  /** 18 characters; a claim while the tenant is pending. */
  readonly orgId: string;
  readonly instanceUrl: string;
}

/** Makes the transaction's tenant, pending. */
export async function insertTenant(tx: Tx, tenant: Omit<Tenant, 'state'>): Promise<void> {
  await tx.query('INSERT INTO tenant (tenant_id, org_id, instance_url) VALUES ($1, $2, $3)', [
    tenant.id,
    tenant.orgId,
    tenant.instanceUrl,
  ]);
}

/** The transaction's tenant. */
export async function readTenant(tx: Tx): Promise<Tenant | undefined> {
  const { rows } = await tx.query<Tenant>(
    'SELECT tenant_id AS id, state, org_id AS "orgId", instance_url AS "instanceUrl" FROM tenant',
  );
  return rows[0];
}

/**
 * Says that Salesforce proved the transaction's tenant to be this org.
 * @returns the tenant that the org belongs to: this one, now active, or the one that it has had before; undefined
 *   when the tenant had claimed another org
 */
export async function claimOrg(tx: Tx, orgId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ holder: string | null }>('SELECT claim_org($1) AS holder', [orgId]);
  return rows[0]?.holder ?? undefined;
}

/** Forgets the transaction's tenant and everything that hangs on it. */
export async function deleteTenant(tx: Tx): Promise<void> {
  await tx.query('DELETE FROM tenant');
}

/** Forgets set-ups that ended unproven, a hundred at most. Of no tenant. */
export async function purgeUnproven(tx: Tx, olderThanHours: number): Promise<void> {
  await tx.query('SELECT purge_unproven(make_interval(hours => $1))', [olderThanHours]);
}
