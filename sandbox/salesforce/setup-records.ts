import { ORGANIZATION_ID_18, ORGANIZATION_NAME } from './identity/organization.ts';
import type { UserDirectory } from './identity/users.ts';
import type { LoadableOrg } from './seed/seed.ts';

/** The records that every org has from its first day: itself and its users. */
export function loadSetupRecords(org: LoadableOrg, users: UserDirectory): void {
  org.bulkLoad('Organization', [
    {
      Id: ORGANIZATION_ID_18,
      Name: ORGANIZATION_NAME,
      OrganizationType: 'Developer Edition',
      InstanceName: 'SANDBOX1',
      IsSandbox: false,
      IsReadOnly: false,
      NamespacePrefix: null,
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: 'America/Los_Angeles',
      Country: 'US',
    },
  ]);
  org.bulkLoad(
    'User',
    [...users].map((user) => ({
      Id: user.id,
      Username: user.username,
      FirstName: user.firstName,
      LastName: user.lastName,
      Name: `${user.firstName} ${user.lastName}`,
      Email: user.email,
      Alias: user.alias,
      CommunityNickname: user.alias,
      IsActive: true,
      UserType: 'Standard',
      ProfileId: user.profileId,
      TimeZoneSidKey: user.timeZone,
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    })),
  );
}
