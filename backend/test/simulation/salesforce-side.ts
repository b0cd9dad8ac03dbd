import type { Clock } from '../../../sandbox/common/clock.ts';
import { createSalesforceServer, type SalesforceServer } from '../../../sandbox/salesforce/server.ts';
import type { Row, SaveResult, UserContext } from '../../../sandbox/salesforce/org/types.ts';
import { packageFields } from '../../src/engine/marks.ts';
import { notProvided } from '../../src/engine/sync-settings.ts';
import { salesforceNames, type FieldName, type Snapshot, type Value } from './records.ts';

const marks = packageFields('');
const objects = ['Lead', 'Contact', 'Account'] as const;
const integrationUser = 'integration@sandbox.test';
const consumerKey = 'sandbox-consumer-key';

/** An org, and the people who work in it. */
export class SalesforceSide {
  readonly server: SalesforceServer;
  /** Rows are replaced, never changed, so a row that is the same object is the same. */
  #seen = new Map<string, { row: Row; snapshot: Snapshot }>();

  private constructor(server: SalesforceServer) {
    this.server = server;
  }

  static async start(clock: Clock): Promise<SalesforceSide> {
    const server = await createSalesforceServer({ clock, apex: {} });
    const side = new SalesforceSide(server);
    side.track();
    return side;
  }

  async reset(): Promise<void> {
    await this.server.app.inject({ method: 'POST', url: '/__sandbox/reset', payload: {} });
    this.#seen = new Map();
    this.track();
  }

  /** Has the package's triggers mark every edit by the org's admin, whatever field it changes. */
  private track(): void {
    const [organization] = this.server.org.table('Organization')?.rows() ?? [];
    this.server.org.bulkLoad('ActiveCampaign_Settings__c', [
      {
        SetupOwnerId: organization?.Id ?? null,
        Lead_Fields_1__c: '*',
        Contact_Fields_1__c: '*',
        Account_Fields_1__c: '*',
      },
    ]);
  }

  get #admin(): UserContext {
    const { users } = this.server.identity;
    const admin = users.byUsername('admin@sandbox.test');
    if (admin === undefined) throw new Error('The org has no administrator.');
    return users.context(admin);
  }

  /** A session of the integration user, and the refresh token behind it. */
  logIn(): { accessToken: string; refreshToken: string } {
    const { users, grants, sessions } = this.server.identity;
    const user = users.byUsername(integrationUser);
    if (user === undefined) throw new Error('The org has no integration user.');
    const scope = 'api refresh_token';
    const { grant, refreshToken } = grants.open({ clientId: consumerKey, userId: user.id, scope });
    const { token } = sessions.issue(user, { clientId: consumerKey, scope, grantId: grant.id });
    return { accessToken: token, refreshToken };
  }

  endSessions(): void {
    this.server.identity.sessions.expireAll();
  }

  hideField(object: string, field: string, isHidden: boolean): void {
    const { users } = this.server.identity;
    users.setFieldAccess(integrationUser, object, field, isHidden ? 'none' : 'edit');
  }

  insert(object: string, row: Readonly<Record<string, unknown>>): string | null {
    return idOf(this.server.org.insert(this.#admin, object, [row]));
  }

  update(object: string, id: string, row: Readonly<Record<string, unknown>>): boolean {
    return idOf(this.server.org.update(this.#admin, object, [{ ...row, Id: id }])) !== null;
  }

  delete(id: string): boolean {
    return idOf(this.server.org.delete(this.#admin, [id])) !== null;
  }

  undelete(id: string): boolean {
    return idOf(this.server.org.undelete(this.#admin, [id])) !== null;
  }

  merge(object: string, master: string, loser: string): boolean {
    return this.server.org.merge(this.#admin, object, { Id: master }, [loser]).success;
  }

  convert(leadId: string, contactId: string | null): boolean {
    const options = { createOpportunity: false, ...(contactId === null ? {} : { contactId }) };
    const contact = contactId === null ? undefined : this.server.org.table('Contact')?.get(contactId);
    const account = contact?.['AccountId'];
    this.server.org.convertLead(this.#admin, leadId, {
      ...options,
      ...(typeof account === 'string' ? { accountId: account } : {}),
    });
    return true;
  }

  /** Another transaction holds the record for so many attempts. */
  lock(id: string, times: number): void {
    this.server.org.rules.lock({ id, times });
  }

  unlock(): void {
    this.server.org.rules.unlockAll();
  }

  /** Every lead, contact and account, deleted ones included. */
  snapshot(): Map<string, Snapshot> {
    const all = new Map<string, Snapshot>();
    const seen = new Map<string, { row: Row; snapshot: Snapshot }>();
    for (const object of objects) {
      for (const row of this.server.org.table(object)?.rows() ?? []) {
        const key = `${object}/${row.Id}`;
        const before = this.#seen.get(key);
        const account = this.#accountName(object, row);
        const snapshot =
          before?.row === row && before.snapshot.values.account === account
            ? before.snapshot
            : snapshotOf(object, row, account);
        seen.set(key, { row, snapshot });
        all.set(key, snapshot);
      }
    }
    this.#seen = seen;
    return all;
  }

  #accountName(object: (typeof objects)[number], row: Row): Value {
    if (object === 'Lead') return text(row['Company']);
    if (object === 'Account') return text(row['Name']);
    const account = row['AccountId'];
    if (typeof account !== 'string') return null;
    return text(this.server.org.table('Account')?.get(account)?.['Name']);
  }
}

function snapshotOf(object: (typeof objects)[number], row: Row, account: Value): Snapshot {
  const heir = row['MasterRecordId'] ?? (row['IsConverted'] === true ? row['ConvertedContactId'] : null);
  const values: Partial<Record<FieldName, Value>> = { account };
  if (object !== 'Account') {
    for (const [field, name] of Object.entries(salesforceNames) as [keyof typeof salesforceNames, string][]) {
      values[field] = field === 'optOut' ? row[name] === true : text(row[name], field === 'email');
    }
  }
  return {
    kind: object,
    id: row.Id,
    isGone: row['IsDeleted'] === true || row['IsConverted'] === true,
    values,
    heir: typeof heir === 'string' ? heir : null,
    isLinked: typeof row[marks.id] === 'string',
    marks: JSON.stringify([row[marks.status] ?? null, row[marks.id] ?? null, row[marks.relation] ?? null]),
  };
}

function text(value: unknown, isLower = false): Value {
  if (typeof value !== 'string' || value === '' || value === notProvided) return null;
  return isLower ? value.trim().toLowerCase() : value.trim();
}

function idOf([result]: SaveResult[]): string | null {
  return result?.success === true ? result.id : null;
}
