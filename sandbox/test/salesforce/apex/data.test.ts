import { describe, expect, test } from '@jest/globals';
import { ADMIN, apexWorld, failureOf, REP, runTests } from './fixture.ts';

function holds(
  name: string,
  body: string,
  others: readonly string[] = [],
  options: { apiVersion?: number } = {},
): void {
  test(name, () => {
    expect(failureOf(body, others, options)).toBeUndefined();
  });
}

const SEEDED = "insert new List<Account>{ new Account(Name = 'Acme'), new Account(Name = 'Bolt') };\n";

describe('queries', () => {
  holds(
    'bind values of every kind',
    `${SEEDED}String n = 'Acme'; Set<String> names = new Set<String>{ 'Acme', 'Bolt' }; Assert.areEqual(1, [SELECT Id FROM Account WHERE Name = :n].size()); Assert.areEqual(2, [SELECT COUNT() FROM Account WHERE Name IN :names]); Assert.areEqual(0, [SELECT Id FROM Account WHERE Name IN :new List<String>()].size()); Assert.areEqual(2, [SELECT Id FROM Account WHERE Id NOT IN :new Set<Id>()].size()); Assert.areEqual(2, [SELECT Id FROM Account WHERE CreatedDate <= :Datetime.now() LIMIT :5].size());`,
  );
  holds(
    'a query result stands for its one row',
    `${SEEDED}Account a = [SELECT Name FROM Account WHERE Name = 'Acme']; Assert.areEqual('Acme', a.Name); Assert.areEqual('Bolt', [SELECT Name FROM Account WHERE Name = 'Bolt'].Name);`,
  );
  holds(
    'no row for one record is a QueryException',
    "try { Account a = [SELECT Id FROM Account]; Assert.fail(); } catch (QueryException e) { Assert.areEqual('List has no rows for assignment to SObject', e.getMessage()); }",
  );
  holds(
    'a field that was not queried cannot be read',
    `${SEEDED}Account a = [SELECT Id FROM Account LIMIT 1]; try { String s = a.Name; Assert.fail(); } catch (SObjectException e) { Assert.areEqual('SObject row was retrieved via SOQL without querying the requested field: Account.Name', e.getMessage()); }`,
  );
  holds(
    'parents and children come along',
    "Account a = new Account(Name = 'P'); insert a; insert new Contact(LastName = 'C', AccountId = a.Id); Contact c = [SELECT LastName, Account.Name FROM Contact]; Assert.areEqual('P', c.Account.Name); Account p = [SELECT Id, (SELECT LastName FROM Contacts) FROM Account]; Assert.areEqual('C', p.Contacts[0].LastName); for (Account q : [SELECT Name FROM Account]) { Assert.areEqual('P', q.Name); } insert new Contact(LastName = 'Alone'); Assert.isNull([SELECT Account.Name FROM Contact WHERE LastName = 'Alone'].Account.Name);",
  );
  holds(
    'aggregates answer by alias',
    `${SEEDED}AggregateResult r = [SELECT COUNT(Id) total FROM Account]; Assert.areEqual(2, r.get('total'));`,
  );
  holds(
    'dynamic queries take binds by name',
    `${SEEDED}List<SObject> rows = Database.queryWithBinds('SELECT Name FROM Account WHERE Name = :n', new Map<String, Object>{ 'n' => 'Acme' }, AccessLevel.USER_MODE); Assert.areEqual('Acme', rows[0].get('Name')); List<Account> all = Database.query('SELECT Id FROM Account'); Assert.areEqual(2, all.size());`,
  );
});

describe('limits', () => {
  test('the 101st query is one too many, and no catch helps', () => {
    const body =
      'try { for (Integer i = 0; i < 101; i++) { Integer n = [SELECT COUNT() FROM Account]; } } catch (Exception e) { Assert.areEqual(1, 1); }';
    expect(failureOf(body)).toBe('System.LimitException: Too many SOQL queries: 101');
  });

  test('neither endless recursion nor an endless loop can be caught', () => {
    const deep = 'public class Deep { public static void down() { down(); } }';
    expect(failureOf('try { Deep.down(); } catch (Exception e) { }', [deep])).toBe(
      'System.LimitException: Maximum stack depth reached: 1001',
    );
    expect(failureOf('Integer i = 0; while (true) { i++; }')).toBe(
      'System.LimitException: Apex CPU time limit exceeded',
    );
  });

  holds(
    'startTest gives fresh ones until stopTest',
    'Integer n = [SELECT COUNT() FROM Account]; Test.startTest(); Assert.areEqual(0, Limits.getQueries()); Test.stopTest(); Assert.areEqual(1, Limits.getQueries()); Assert.areEqual(100, Limits.getLimitQueries());',
  );
});

describe('DML', () => {
  holds(
    'new records get their ids, and text becomes what is stored',
    "Lead l = new Lead(LastName = ' X ', Company = 'C'); insert l; Assert.isNotNull(l.Id); Assert.areEqual(18, String.valueOf(l.Id).length()); Assert.areEqual('X', [SELECT LastName FROM Lead].LastName);",
  );
  holds(
    'a refused row is a DmlException',
    "try { insert new Lead(LastName = 'X'); Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().startsWith('Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING'), e.getMessage()); Assert.areEqual(1, e.getNumDml()); Assert.areEqual('Company', e.getDmlFieldNames(0)[0]); Assert.areEqual(StatusCode.REQUIRED_FIELD_MISSING, e.getDmlType(0)); }",
  );
  holds(
    'partial success keeps what is good',
    "List<Database.SaveResult> r = Database.insert(new List<Lead>{ new Lead(LastName = 'X', Company = 'C'), new Lead(LastName = 'Y') }, false); Assert.isTrue(r[0].isSuccess()); Assert.isFalse(r[1].isSuccess()); Assert.areEqual(StatusCode.REQUIRED_FIELD_MISSING, r[1].getErrors()[0].getStatusCode()); Assert.areEqual(1, [SELECT COUNT() FROM Lead]);",
  );
  holds(
    'upsert inserts without and updates with an Id',
    "Account a = new Account(Name = 'A'); insert a; a.Name = 'B'; upsert new List<Account>{ a, new Account(Name = 'C') }; Assert.areEqual(2, [SELECT COUNT() FROM Account WHERE Name IN ('B', 'C')]);",
  );
  holds(
    'savepoints take back',
    "Savepoint p = Database.setSavepoint(); insert new Account(Name = 'A'); Database.rollback(p); Assert.areEqual(0, [SELECT COUNT() FROM Account]);",
  );
  holds(
    'generic records are read by name',
    "SObject s = new Account(Name = 'A'); s.put('Name', 'B'); Assert.areEqual('B', s.get('name')); Assert.areEqual('Account', String.valueOf(s.getSObjectType())); Assert.isTrue(s.isSet('Name')); Assert.isFalse(s.getPopulatedFieldsAsMap().containsKey('Phone')); try { s.put('Nope', 1); Assert.fail(); } catch (SObjectException e) { Assert.areEqual('Invalid field Nope for Account', e.getMessage()); }",
  );
  holds(
    'delete and undelete',
    "Account a = new Account(Name = 'A'); insert a; delete a; Assert.areEqual(0, [SELECT COUNT() FROM Account]); Assert.areEqual(1, [SELECT Id FROM Account ALL ROWS].size()); undelete a; Assert.areEqual(1, [SELECT COUNT() FROM Account]);",
  );

  test('setup records and others do not mix but under runAs', () => {
    const user = "new User(Id = UserInfo.getUserId(), LastName = 'N')";
    expect(failureOf(`insert new Account(Name = 'A'); update ${user};`)).toContain('MIXED_DML_OPERATION');
    expect(
      failureOf(
        `insert new Account(Name = 'A'); System.runAs(new User(Id = UserInfo.getUserId())) { update ${user}; }`,
      ),
    ).toBeUndefined();
  });

  test('a test method sees what @TestSetup made and leaves nothing behind', () => {
    const { results } = runTests([
      "@IsTest class T { @TestSetup static void make() { insert new Account(Name = 'S'); } @IsTest static void one() { insert new Account(Name = 'T'); Assert.areEqual(2, [SELECT COUNT() FROM Account]); } @IsTest static void two() { Assert.areEqual(1, [SELECT COUNT() FROM Account]); } }",
    ]);
    expect(results.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  });
});

const TRIGGER = `trigger LeadTrigger on Lead (before insert, before update, after insert) {
  if (Trigger.isBefore) {
    for (Lead l : Trigger.new) {
      if (l.City == 'Nowhere') { l.City.addError('No such city'); }
      if (Trigger.isInsert) { l.Title = 'New'; }
      else if (Trigger.oldMap.get(l.Id).City != l.City) { l.Title = 'Moved'; }
    }
  } else { Counter.seen += Trigger.new.size(); Counter.chunks++; }
}`;
const COUNTER = 'public class Counter { public static Integer seen = 0; public static Integer chunks = 0; }';

describe('triggers', () => {
  holds(
    'change rows before the save, and see old values',
    "Lead l = new Lead(LastName = 'X', Company = 'C', City = 'A'); insert l; Assert.areEqual('New', [SELECT Title FROM Lead].Title); l.City = 'B'; update l; Assert.areEqual('Moved', [SELECT Title FROM Lead].Title);",
    [TRIGGER, COUNTER],
  );
  holds(
    'addError refuses the row with its field',
    "Database.SaveResult r = Database.insert(new Lead(LastName = 'X', Company = 'C', City = 'Nowhere'), false); Assert.areEqual('No such city', r.getErrors()[0].getMessage()); Assert.areEqual('City', r.getErrors()[0].getFields()[0]);",
    [TRIGGER, COUNTER],
  );
  holds(
    'run for at most 200 rows at a time',
    "List<Lead> l = new List<Lead>(); for (Integer i = 0; i < 250; i++) { l.add(new Lead(LastName = 'X' + i, Company = 'C')); } insert l; Assert.areEqual(250, Counter.seen); Assert.areEqual(2, Counter.chunks);",
    [TRIGGER, COUNTER],
  );
  holds(
    'an exception in one is a DmlException with its cause',
    "try { insert new Account(Name = 'X'); Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().contains('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, Bad: execution of BeforeInsert'), e.getMessage()); Assert.isTrue(e.getMessage().contains('caused by: System.NullPointerException'), e.getMessage()); }",
    ['trigger Bad on Account (before insert) { String s; s.length(); }'],
  );
  holds(
    'records cannot be changed after the save',
    "try { insert new Account(Name = 'X'); Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().contains('Record is read-only'), e.getMessage()); }",
    ["trigger Late on Account (after insert) { Trigger.new[0].Name = 'Y'; }"],
  );

  test('fire on saves from outside, where a failure refuses the rows', () => {
    const { org } = apexWorld([
      TRIGGER,
      COUNTER,
      'trigger Bad on Account (before insert) { String s; s.length(); }',
    ]);
    const [saved] = org.insert(ADMIN, 'Lead', [{ LastName: 'X', Company: 'C' }]);
    expect(org.table('Lead')?.get(saved?.id ?? '')?.['Title']).toBe('New');
    expect(org.insert(ADMIN, 'Account', [{ Name: 'X' }])).toMatchObject([
      { success: false, errors: [{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }] },
    ]);
  });
});

describe('user mode', () => {
  const asRep = (body: string): string => `${SEEDED}System.runAs(new User(Id = '${REP.id}')) { ${body} }`;
  holds(
    'since version 67 data is read as the user',
    asRep(
      "try { List<Account> l = [SELECT Phone FROM Account]; Assert.fail(); } catch (QueryException e) { Assert.isTrue(e.getMessage().contains('Phone'), e.getMessage()); } Assert.areEqual(2, [SELECT Phone FROM Account WITH SYSTEM_MODE].size());",
    ),
  );
  holds(
    'before version 67 it is read in system mode',
    asRep('Assert.areEqual(2, [SELECT Phone FROM Account].size());'),
    [],
    { apiVersion: 66 },
  );
  holds(
    'DML too',
    asRep(
      "try { insert new Account(Name = 'N', Description = 'D'); Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().contains('Description'), e.getMessage()); } insert as system new Account(Name = 'N', Description = 'D'); Database.insert(new Account(Name = 'M', Description = 'D'), AccessLevel.SYSTEM_MODE);",
    ),
  );
  holds(
    'describe tells what the user may',
    asRep(
      'Assert.isFalse(Schema.SObjectType.Account.fields.Phone.isAccessible()); Assert.isTrue(Account.Description.getDescribe().isAccessible()); Assert.isFalse(Account.Description.getDescribe().isUpdateable());',
    ),
  );
  holds(
    'stripInaccessible takes fields away',
    asRep(
      "SObjectAccessDecision d = Security.stripInaccessible(AccessType.CREATABLE, new List<Account>{ new Account(Name = 'N', Description = 'D') }); Assert.isFalse(d.getRecords()[0].isSet('Description')); Assert.isTrue(d.getRemovedFields().get('Account').contains('Description'));",
    ),
  );
  holds(
    'custom permissions',
    "Assert.isTrue(FeatureManagement.checkPermission('Manage_Sync')); System.runAs(new User(Id = '005000000000002AAA')) { Assert.isFalse(FeatureManagement.checkPermission('Manage_Sync')); }",
  );
});

describe('describe', () => {
  holds(
    'objects and fields by name in any letter case',
    "Map<String, SObjectType> all = Schema.getGlobalDescribe(); DescribeSObjectResult d = all.get('ACCOUNT').getDescribe(); Assert.areEqual('Account', d.getName()); Map<String, SObjectField> fields = d.fields.getMap(); Assert.areEqual(255, fields.get('name').getDescribe().getLength()); Assert.areEqual(DisplayType.STRING, fields.get('Name').getDescribe().getType()); Assert.areEqual(Account.SObjectType, d.getSObjectType()); Assert.areEqual('Name', String.valueOf(Account.Name)); Account a = new Account(Name = 'A'); Assert.areEqual('A', a.get(Account.Name)); Assert.areEqual(Account.SObjectType, Id.valueOf('001000000000001').getSObjectType());",
  );
});

describe('the conversion of several leads', () => {
  const requests = `
    List<Lead> leads = new List<Lead>{ new Lead(LastName = 'A', Company = 'A'), new Lead(LastName = 'B', Company = 'B') };
    insert leads;
    List<Database.LeadConvert> requests = new List<Database.LeadConvert>();
    for (Lead one : leads) {
      Database.LeadConvert conversion = new Database.LeadConvert();
      conversion.setLeadId(one.Id);
      conversion.setConvertedStatus('Closed - Converted');
      conversion.setDoNotCreateOpportunity(true);
      requests.add(conversion);
    }
    Integer before = Limits.getDmlStatements();`;
  holds(
    'is one statement and answers in their order',
    `${requests} List<Database.LeadConvertResult> results = Database.convertLead(requests); Assert.areEqual(1, Limits.getDmlStatements() - before); Assert.areEqual(leads[1].Id, results[1].getLeadId()); Assert.isTrue(results[0].isSuccess() && results[0].getErrors().isEmpty()); Assert.areEqual('B', [SELECT LastName FROM Contact WHERE Id = :results[1].getContactId()].LastName);`,
  );
  holds(
    'converts none where one fails',
    `${requests} requests.add(requests[0]); try { Database.convertLead(requests); Assert.fail('It went on'); } catch (DmlException e) { Assert.isTrue(e.getMessage().startsWith('ConvertLead failed. First exception on row 2; first error: CANNOT_UPDATE_CONVERTED_LEAD'), e.getMessage()); } Assert.areEqual(0, [SELECT COUNT() FROM Contact]);`,
  );
  holds(
    'converts the others where that is wanted, and says why one failed',
    `${requests} requests.add(requests[0]); List<Database.LeadConvertResult> results = Database.convertLead(requests, false); Assert.isFalse(results[2].isSuccess()); Assert.isNull(results[2].getContactId()); Assert.areEqual('cannot reference converted lead', results[2].getErrors()[0].getMessage()); Assert.areEqual(2, [SELECT COUNT() FROM Contact]);`,
  );
});
