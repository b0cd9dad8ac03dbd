import type { FieldAccess, UserContext } from '../org/types.ts';
import { toId18 } from '../org/ids.ts';
import { knownId } from './organization.ts';

/** What a user's profile and permission sets grant on fields nobody has decided about singly. */
type AccessProfile = 'all' | 'package-user' | 'without-package';

/** One person or system that can log in. Ids are 18 characters. */
export interface SandboxUser {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly securityToken: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly alias: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly timeZone: string;
  readonly isAdmin: boolean;
  readonly isIntegrationUser: boolean;
  readonly access: AccessProfile;
  /** The package's permission sets that the user holds, by API name. */
  readonly permissionSets: readonly string[];
}

const PASSWORD = 'sandbox1234';
const SECURITY_TOKEN = 'sandboxtoken';

const SANDBOX_USERS: readonly SandboxUser[] = [
  {
    id: knownId('005000000000001'),
    username: 'admin@sandbox.test',
    password: PASSWORD,
    securityToken: SECURITY_TOKEN,
    firstName: 'Alex',
    lastName: 'Admin',
    email: 'admin@sandbox.example',
    alias: 'aadmin',
    profileId: knownId('00e000000000001'),
    profileName: 'System Administrator',
    timeZone: 'America/Los_Angeles',
    isAdmin: true,
    isIntegrationUser: false,
    access: 'all',
    permissionSets: ['ActiveCampaign_Package_Manager'],
  },
  {
    id: knownId('005000000000002'),
    username: 'rep@sandbox.test',
    password: PASSWORD,
    securityToken: SECURITY_TOKEN,
    firstName: 'Robin',
    lastName: 'Rep',
    email: 'rep@sandbox.example',
    alias: 'rrep',
    profileId: knownId('00e000000000002'),
    profileName: 'Standard User',
    timeZone: 'Europe/Madrid',
    isAdmin: false,
    isIntegrationUser: false,
    access: 'package-user',
    permissionSets: ['ActiveCampaign_Standard_User'],
  },
  {
    id: knownId('005000000000003'),
    username: 'guestrep@sandbox.test',
    password: PASSWORD,
    securityToken: SECURITY_TOKEN,
    firstName: 'Gale',
    lastName: 'Guest',
    email: 'guestrep@sandbox.example',
    alias: 'gguest',
    profileId: knownId('00e000000000002'),
    profileName: 'Standard User',
    timeZone: 'America/New_York',
    isAdmin: false,
    isIntegrationUser: false,
    access: 'without-package',
    permissionSets: [],
  },
  {
    id: knownId('005000000000004'),
    username: 'integration@sandbox.test',
    password: PASSWORD,
    securityToken: SECURITY_TOKEN,
    firstName: 'Integration',
    lastName: 'User',
    email: 'integration@sandbox.example',
    alias: 'integ',
    profileId: knownId('00e000000000003'),
    profileName: 'Minimum Access - API Only Integrations',
    timeZone: 'GMT',
    isAdmin: false,
    isIntegrationUser: true,
    access: 'all',
    permissionSets: ['ActiveCampaign_Integration_User'],
  },
];

/** Objects that only an administrator's profile may change. */
const SETUP_OBJECTS = new Set(['user', 'organization', 'recordtype', 'crontrigger', 'cronjobdetail']);
const PACKAGE_FIELD = /^(\w+?__)?activecampaign_/;

/** What permission sets grant. */
export interface GrantedAccess {
  /** On a field of the package. */
  field(user: SandboxUser, object: string, field: string): FieldAccess;
  /** View All (`read`) and Modify All Records (`edit`) of an object. */
  othersRecords(user: SandboxUser, object: string): FieldAccess;
}

/** Without Apex nobody reads the package's permission sets: what they grant is fixed. */
const FIXED_ACCESS: GrantedAccess = {
  field: (user) => (user.access === 'package-user' ? 'read' : 'none'),
  othersRecords: (user) => (user.access === 'all' ? 'edit' : 'none'),
};

/** Field access as profiles and permission sets grant it, before any change by the control door. */
function grantedAccess(
  user: SandboxUser,
  object: string,
  field: string,
  granted: GrantedAccess,
): FieldAccess {
  if (user.access === 'all') return 'edit';
  if (SETUP_OBJECTS.has(object)) return 'read';
  return PACKAGE_FIELD.test(field) ? granted.field(user, object, field) : 'edit';
}

interface Account {
  readonly user: SandboxUser;
  readonly context: UserContext;
  /** Decisions by `object.field` in lower case. */
  readonly decided: Map<string, FieldAccess>;
  /** Answers by object and field as asked: saves of 200,000 rows ask for every cell. */
  readonly answers: Map<string, Map<string, FieldAccess>>;
}

function createAccount(
  user: SandboxUser,
  granted: () => GrantedAccess,
  zoneOf: (user: SandboxUser) => string,
): Account {
  const decided = new Map<string, FieldAccess>();
  const answers = new Map<string, Map<string, FieldAccess>>();
  const context: UserContext = {
    id: user.id,
    username: user.username,
    isAdmin: user.isAdmin,
    get timeZone() {
      return zoneOf(user);
    },
    fieldAccess(object, field) {
      let ofObject = answers.get(object);
      if (!ofObject) answers.set(object, (ofObject = new Map<string, FieldAccess>()));
      const known = ofObject.get(field);
      if (known) return known;
      const [objectKey, fieldKey] = [object.toLowerCase(), field.toLowerCase()];
      const access =
        decided.get(`${objectKey}.${fieldKey}`) ?? grantedAccess(user, objectKey, fieldKey, granted());
      ofObject.set(field, access);
      return access;
    },
    othersRecords: (object) => granted().othersRecords(user, object),
  };
  return { user, context, decided, answers };
}

/** The org's users, and who may see and edit which field. */
export class UserDirectory {
  readonly #byUsername = new Map<string, Account>();
  readonly #byId = new Map<string, Account>();
  #granted = FIXED_ACCESS;
  #zoneOf = (user: SandboxUser): string => user.timeZone;

  constructor(users: readonly SandboxUser[] = SANDBOX_USERS) {
    for (const user of users) {
      const account = createAccount(
        user,
        () => this.#granted,
        (one) => this.#zoneOf(one),
      );
      this.#byUsername.set(user.username.toLowerCase(), account);
      this.#byId.set(user.id, account);
    }
  }

  /** Usernames compare case-insensitively. */
  byUsername(username: string): SandboxUser | undefined {
    return this.#byUsername.get(username.toLowerCase())?.user;
  }

  /** 15 or 18 characters. */
  byId(id: string): SandboxUser | undefined {
    return this.#byId.get(toId18(id) ?? '')?.user;
  }

  context(user: SandboxUser): UserContext {
    const account = this.#byId.get(user.id);
    if (!account) throw new Error(`${user.username} is no user of this org.`);
    return account.context;
  }

  /** The context of the user with this id of 15 or 18 characters. */
  contextById(id: string): UserContext | undefined {
    return this.#byId.get(toId18(id) ?? '')?.context;
  }

  /** The user behind a username and a password, where the security token may follow the password as Salesforce has it. */
  authenticate(
    username: string,
    password: string,
    securityToken: 'required' | 'not-asked',
  ): SandboxUser | undefined {
    const user = this.byUsername(username);
    if (!user) return undefined;
    const expected = securityToken === 'required' ? user.password + user.securityToken : user.password;
    return password === expected ? user : undefined;
  }

  /** False where there is no such user. */
  setFieldAccess(username: string, object: string, field: string, access: FieldAccess): boolean {
    const account = this.#byUsername.get(username.toLowerCase());
    if (!account) return false;
    account.decided.set(`${object}.${field}`.toLowerCase(), access);
    account.answers.clear();
    return true;
  }

  /** Has the permission sets that users hold decide about the package's fields and other people's records. */
  followPermissionSets(access: GrantedAccess): void {
    this.#granted = access;
    this.permissionSetsChanged();
  }

  /** Has days begin where a user's row says, which may be edited. */
  followTimeZones(zoneOf: (user: SandboxUser) => string): void {
    this.#zoneOf = zoneOf;
  }

  /** To be called when somebody was given a permission set or lost one. */
  permissionSetsChanged(): void {
    for (const account of this.#byId.values()) account.answers.clear();
  }

  reset(): void {
    for (const account of this.#byId.values()) {
      account.decided.clear();
      account.answers.clear();
    }
  }

  [Symbol.iterator](): Iterator<SandboxUser> {
    return [...this.#byId.values()].map((account) => account.user)[Symbol.iterator]();
  }
}
