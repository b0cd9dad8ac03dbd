import type { SandboxUser } from '../../identity/users.ts';
import type { SandboxOrg } from '../../org/org.ts';
import type { FieldAccess, ObjectAccess, Row, UserContext } from '../../org/types.ts';
import { USER_RECORD_ACCESS } from '../../soql/record-access.ts';
import type { ObjectPermissions } from '../runtime/host.ts';
import type { PermissionSetMetadata } from './package.ts';

const CONVERTED = 'Closed - Converted';

/** Who the org's users are to Apex: those that can log in, and those that Apex itself makes. */
export class ApexUsers {
  private readonly org: SandboxOrg;
  private readonly known: (id: string) => UserContext | undefined;
  private readonly sets: readonly PermissionSetMetadata[];

  /** @param known the context of a user that can log in. */
  constructor(
    org: SandboxOrg,
    known: (id: string) => UserContext | undefined,
    sets: readonly PermissionSetMetadata[],
  ) {
    this.org = org;
    this.known = known;
    this.sets = sets;
  }

  /** Puts the package's permission sets, who holds them, and profiles into the org. */
  load(users: Iterable<SandboxUser>, profiles: ReadonlyMap<string, string>): void {
    const ids = this.org.bulkLoad(
      'PermissionSet',
      this.sets.map(({ name, label }) => ({ Name: name, Label: label })),
    );
    const idOf = new Map(this.sets.map(({ name }, at) => [name, ids[at]]));
    const assigned = [...users].flatMap((user) =>
      user.permissionSets.flatMap((name) => {
        const id = idOf.get(name);
        return id === undefined ? [] : [{ AssigneeId: user.id, PermissionSetId: id }];
      }),
    );
    this.org.bulkLoad('PermissionSetAssignment', assigned);
    this.org.bulkLoad(
      'Profile',
      [...profiles].map(([id, name]) => ({ Id: id, Name: name })),
    );
    this.loadLeadStatus();
  }

  /** The values of Lead.Status, of which the last stands for converted leads. */
  private loadLeadStatus(): void {
    const values = this.org.schema.object('Lead')?.field('Status')?.picklistValues ?? [];
    const rows = values.map(({ value, label, defaultValue }, at) => ({
      MasterLabel: label,
      ApiName: value,
      SortOrder: at + 1,
      IsDefault: defaultValue,
      IsConverted: value === CONVERTED,
    }));
    this.org.bulkLoad('LeadStatus', rows);
  }

  byId(id: string): UserContext | undefined {
    const known = this.known(id);
    const row = known === undefined ? this.org.table('User')?.get(id) : undefined;
    if (row === undefined) return known;
    const zone = row['TimeZoneSidKey'];
    return {
      id: row.Id,
      username: String(row['Username'] ?? ''),
      isAdmin: false,
      timeZone: typeof zone === 'string' ? zone : 'GMT',
      // Standard fields are open; the package's own open with its permission sets.
      fieldAccess: (object, field) =>
        field.toLowerCase().endsWith('__c') ? this.packageFieldAccess(row.Id, object, field) : 'edit',
      othersRecords: (object) => this.othersRecords(row.Id, object),
      ...(this.hasMinimumAccess(row) && { objectAccess: (object) => this.objectAccess(row.Id, object) }),
    };
  }

  /** Custom permissions come with permission sets, an administrator's too. */
  hasPermission(user: UserContext, name: string): boolean {
    return this.setsOf(user.id).some((set) => set.permissions.has(name.toLowerCase()));
  }

  /** A user of a minimum-access profile may do what permission sets open, and ask what that is. */
  private objectAccess(userId: string, object: string): ObjectAccess {
    if (object === USER_RECORD_ACCESS) return { read: true, create: false, edit: false, delete: false };
    const granted = this.grantedOn(userId, object);
    const any = (operation: keyof ObjectAccess): boolean => granted.some((access) => access[operation]);
    return { read: any('read'), create: any('create'), edit: any('edit'), delete: any('delete') };
  }

  /** What View All and Modify All Records of a user's permission sets open of other people's records. */
  othersRecords(userId: string, object: string): FieldAccess {
    const granted = this.grantedOn(userId, object);
    if (granted.some((access) => access.modifyAll)) return 'edit';
    return granted.some((access) => access.viewAll) ? 'read' : 'none';
  }

  private grantedOn(userId: string, object: string): ObjectPermissions[] {
    return [
      ...this.setsOf(userId).flatMap((set) => set.objects.get(object.toLowerCase()) ?? []),
      ...this.permissionsOn(object, this.assignedTo(userId)),
    ];
  }

  private hasMinimumAccess({ ProfileId: profile }: Row): boolean {
    const name = typeof profile === 'string' ? this.org.table('Profile')?.get(profile)?.['Name'] : undefined;
    return typeof name === 'string' && name.startsWith('Minimum Access');
  }

  /** What a user's permission sets grant on a field of the package. */
  packageFieldAccess(userId: string, object: string, field: string): FieldAccess {
    let access: FieldAccess = 'none';
    for (const set of this.setsOf(userId)) {
      const granted = set.fields.get(`${object}.${field}`.toLowerCase());
      if (granted === 'edit') return granted;
      access = granted ?? access;
    }
    return access;
  }

  /** The package's permission sets that a user holds. */
  setsOf(userId: string): PermissionSetMetadata[] {
    const names = this.assignedTo(userId).map((id) => this.org.table('PermissionSet')?.get(id)?.['Name']);
    return this.sets.filter((set) => names.includes(set.name));
  }

  /** The ids of a user's permission sets. */
  private assignedTo(userId: string): string[] {
    return [...(this.org.table('PermissionSetAssignment')?.rows() ?? [])]
      .filter((row) => row['AssigneeId'] === userId && row['IsDeleted'] !== true)
      .flatMap(({ PermissionSetId: id }) => (typeof id === 'string' ? [id] : []));
  }

  /** What permission sets that Apex made open of an object. */
  private permissionsOn(object: string, sets: readonly string[]): ObjectPermissions[] {
    return [...(this.org.table('ObjectPermissions')?.rows() ?? [])]
      .filter(
        ({ ParentId: parent, SobjectType: type }) =>
          typeof parent === 'string' &&
          sets.includes(parent) &&
          typeof type === 'string' &&
          type.toLowerCase() === object.toLowerCase(),
      )
      .map((row) => ({
        read: row['PermissionsRead'] === true,
        create: row['PermissionsCreate'] === true,
        edit: row['PermissionsEdit'] === true,
        delete: row['PermissionsDelete'] === true,
        viewAll: row['PermissionsViewAllRecords'] === true,
        modifyAll: row['PermissionsModifyAllRecords'] === true,
      }));
  }
}
