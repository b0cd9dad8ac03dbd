import { describe, expect, test } from '@jest/globals';
import { apexWorld, ADMIN, failureOf } from './fixture.ts';

// Trigger context variables, DML results and limits, as the Apex Developer Guide has them.
function holds(name: string, body: string, others: readonly string[] = []): void {
  test(name, () => {
    expect(failureOf(body, others)).toBeUndefined();
  });
}

const SEEN = 'public class Seen { public static List<String> all = new List<String>(); }';
const WATCH = `trigger Watch on Account (before insert, before update, before delete, after insert, after update, after delete, after undelete) {
  Seen.all.add(Trigger.operationType.name() + ': ' + (Trigger.new == null ? '-' : 'new') + ' ' + (Trigger.newMap == null ? '-' : 'newMap') + ' ' + (Trigger.old == null ? '-' : 'old') + ' ' + (Trigger.oldMap == null ? '-' : 'oldMap') + ' ' + Trigger.size + ' ' + Trigger.isExecuting + ' ' + (Trigger.new == null ? Trigger.old[0].Id != null : Trigger.new[0].Id != null));
}`;

describe('a trigger', () => {
  holds(
    'has the context variables of its event',
    `Account a = new Account(Name = 'A'); insert a; a.Name = 'B'; update a; delete a; undelete a;
     Assert.areEqual(new List<String>{
       'BEFORE_INSERT: new - - - 1 true false',
       'AFTER_INSERT: new newMap - - 1 true true',
       'BEFORE_UPDATE: new newMap old oldMap 1 true true',
       'AFTER_UPDATE: new newMap old oldMap 1 true true',
       'BEFORE_DELETE: - - old oldMap 1 true true',
       'AFTER_DELETE: - - old oldMap 1 true true',
       'AFTER_UNDELETE: new newMap - - 1 true true'
     }, Seen.all);
     Assert.isFalse(Trigger.isExecuting);`,
    [SEEN, WATCH],
  );
  holds(
    'may not change what was',
    "Account a = new Account(Name = 'A'); insert a; a.Name = 'B'; update a; Assert.areEqual(1, Seen.all.size());",
    [
      SEEN,
      "trigger Past on Account (before update) { try { Trigger.old[0].Name = 'X'; } catch (FinalException e) { Seen.all.add(e.getMessage()); } }",
    ],
  );
  holds(
    'that saves its own record again is called again, until a static flag stops it',
    "Account a = new Account(Name = 'A'); insert a; update a; Assert.areEqual(2, Guard.runs); Assert.areEqual('again', [SELECT Name FROM Account].Name);",
    [
      'public class Guard { public static Integer runs = 0; }',
      "trigger Again on Account (after update) { Guard.runs++; if (Guard.runs == 1) { update new Account(Id = Trigger.new[0].Id, Name = 'again'); } }",
    ],
  );
  holds(
    'that never stops is stopped',
    "Account a = new Account(Name = 'A'); insert a; try { update a; Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().containsIgnoreCase('maximum trigger depth exceeded')); }",
    ['trigger Ever on Account (after update) { update new Account(Id = Trigger.new[0].Id); }'],
  );
  holds(
    'after the save may refuse it, which takes the row back',
    "List<Database.SaveResult> results = Database.insert(new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }, false); Assert.isTrue(results[0].isSuccess()); Assert.isFalse(results[1].isSuccess()); Assert.areEqual('No', results[1].getErrors()[0].getMessage()); Assert.areEqual(1, [SELECT COUNT() FROM Account]);",
    [
      "trigger Refuse on Account (after insert) { for (Account a : Trigger.new) { if (a.Name == 'bad') { a.addError('No'); } } }",
    ],
  );

  holds(
    'runs again for the rows that are left, with its static fields as they are and the first jobs gone',
    "Test.startTest(); Database.insert(new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }, false); Assert.areEqual(new List<Integer>{ 2, 1 }, Tries.sizes); Test.stopTest(); Assert.areEqual(1, [SELECT COUNT() FROM Contact]);",
    [
      'public class Tries { public static List<Integer> sizes = new List<Integer>(); }',
      "public class Later implements Queueable { public void execute(QueueableContext context) { insert new Contact(LastName = 'Job'); } }",
      "trigger Refuse on Account (before insert, after insert) { if (Trigger.isBefore) { Tries.sizes.add(Trigger.size); System.enqueueJob(new Later()); } else { for (Account a : Trigger.new) { if (a.Name == 'bad') { a.addError('No'); } } } }",
    ],
  );

  test('of one REST call starts with fresh static fields', () => {
    const { org } = apexWorld([
      'public class Count { public static Integer n = 0; }',
      'trigger Tally on Account (before insert) { for (Account a : Trigger.new) { Count.n++; a.Description = String.valueOf(Count.n); } }',
    ]);
    org.insert(ADMIN, 'Account', [{ Name: 'A' }, { Name: 'B' }]);
    org.insert(ADMIN, 'Account', [{ Name: 'C' }]);
    const { records } = org.query(ADMIN, 'SELECT Description FROM Account ORDER BY Name');
    expect(records.map(({ Description }) => Description)).toEqual(['1', '2', '1']);
  });
});

describe('results', () => {
  holds(
    'stand in the order of the rows, with fields and codes of what failed',
    "List<Database.SaveResult> results = Database.insert(new List<Contact>{ new Contact(FirstName = 'No'), new Contact(LastName = 'Yes') }, false); Assert.isFalse(results[0].isSuccess()); Assert.isNull(results[0].getId()); Database.Error error = results[0].getErrors()[0]; Assert.areEqual(StatusCode.REQUIRED_FIELD_MISSING, error.getStatusCode()); Assert.isTrue(error.getFields().contains('LastName')); Assert.isTrue(results[1].isSuccess()); Assert.isNotNull(results[1].getId()); Assert.isTrue(results[1].getErrors().isEmpty());",
  );
  holds(
    'of an upsert tell what was created',
    "Account old = new Account(Name = 'old'); insert old; List<Database.UpsertResult> results = Database.upsert(new List<Account>{ old, new Account(Name = 'new') }, false); Assert.isFalse(results[0].isCreated()); Assert.isTrue(results[1].isCreated());",
  );
  holds(
    'an insert may not bring an id, an update must',
    "try { insert new Account(Id = '001000000000001AAA', Name = 'A'); Assert.fail(); } catch (DmlException e) { Assert.areEqual(StatusCode.INVALID_FIELD_FOR_INSERT_UPDATE, e.getDmlType(0)); } try { update new Account(Name = 'A'); Assert.fail(); } catch (DmlException e) { Assert.areEqual(StatusCode.MISSING_ARGUMENT, e.getDmlType(0)); }",
  );
  holds(
    'a list that names a record twice is refused',
    "Account a = new Account(Name = 'A'); insert a; try { update new List<Account>{ new Account(Id = a.Id), new Account(Id = a.Id) }; Assert.fail(); } catch (ListException e) { Assert.areEqual('Duplicate id in list: ' + a.Id, e.getMessage()); } try { Database.update(new List<Account>{ new Account(Id = a.Id), new Account(Id = a.Id) }, false); Assert.fail(); } catch (ListException e) { Assert.areEqual('Duplicate id in list: ' + a.Id, e.getMessage()); } Account b = new Account(Name = 'B'); try { insert new List<Account>{ b, b }; Assert.fail(); } catch (ListException e) { Assert.areEqual('Before Insert or Upsert list must not have two identically equal elements', e.getMessage()); }",
  );
  holds(
    'all or none takes everything back',
    "try { insert new List<Contact>{ new Contact(LastName = 'Yes'), new Contact(FirstName = 'No') }; Assert.fail(); } catch (DmlException e) { Assert.areEqual(1, e.getDmlIndex(0)); Assert.areEqual(1, e.getNumDml()); } Assert.areEqual(0, [SELECT COUNT() FROM Contact]);",
  );
});

describe('a savepoint', () => {
  holds(
    'counts as a DML statement, and so does going back to it',
    'Savepoint before = Database.setSavepoint(); Assert.areEqual(1, Limits.getDmlStatements()); Database.rollback(before); Assert.areEqual(2, Limits.getDmlStatements());',
  );
  holds(
    'takes back rows, but neither ids that records were given nor static fields',
    "Savepoint before = Database.setSavepoint(); Account a = new Account(Name = 'A'); insert a; Kept.n = 1; Database.rollback(before); Assert.isNotNull(a.Id); Assert.areEqual(1, Kept.n); Assert.areEqual(0, [SELECT COUNT() FROM Account]);",
    ['public class Kept { public static Integer n = 0; }'],
  );
  holds(
    'set after another is no more once that is gone back to',
    'Savepoint first = Database.setSavepoint(); Savepoint second = Database.setSavepoint(); Database.rollback(first); Boolean refused = false; try { Database.rollback(second); } catch (Exception e) { refused = true; } Assert.isTrue(refused); Database.rollback(first);',
  );
});

describe('queries', () => {
  holds(
    'of sums without rows answer null, of counts zero, and groups by their aliases',
    "AggregateResult none = [SELECT SUM(AnnualRevenue) total, COUNT(Id) n FROM Account]; Assert.isNull(none.get('total')); Assert.areEqual(0, none.get('n')); insert new List<Account>{ new Account(Name = 'A', AnnualRevenue = 1), new Account(Name = 'A', AnnualRevenue = 2), new Account(Name = 'B') }; List<AggregateResult> groups = [SELECT Name, SUM(AnnualRevenue) FROM Account GROUP BY Name HAVING COUNT(Id) > 1]; Assert.areEqual(1, groups.size()); Assert.areEqual(3, groups[0].get('expr0'));",
  );
  holds(
    'count their rows, those of a loop once',
    "List<Account> l = new List<Account>(); for (Integer i = 0; i < 201; i++) { l.add(new Account(Name = 'A' + i)); } insert l; Integer n = 0; for (Account a : [SELECT Id FROM Account]) { n++; } Assert.areEqual(201, n); Assert.areEqual(1, Limits.getQueries()); Assert.areEqual(201, Limits.getQueryRows());",
  );
  holds(
    'take records for their ids, null for nothing, and compare text without letter case',
    "List<Account> l = new List<Account>{ new Account(Name = 'A', Phone = '1'), new Account(Name = 'B') }; insert l; Assert.areEqual(2, [SELECT COUNT() FROM Account WHERE Id IN :l]); String none = null; Assert.areEqual('B', [SELECT Name FROM Account WHERE Phone = :none].Name); String like = 'a%'; Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name LIKE :like]); Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'a']);",
  );
  holds(
    'put what is empty first or last as asked',
    "insert new List<Account>{ new Account(Name = 'A', Phone = '1'), new Account(Name = 'B') }; Assert.areEqual('B', [SELECT Name FROM Account ORDER BY Phone][0].Name); Assert.areEqual('A', [SELECT Name FROM Account ORDER BY Phone NULLS LAST][0].Name);",
  );
  holds(
    'in a loop over lists come 200 at a time',
    "List<Account> l = new List<Account>(); for (Integer i = 0; i < 250; i++) { l.add(new Account(Name = 'A' + i)); } insert l; List<Integer> sizes = new List<Integer>(); for (List<Account> some : [SELECT Id FROM Account]) { sizes.add(some.size()); } Assert.areEqual(new List<Integer>{ 200, 50 }, sizes);",
  );
});

describe('limits', () => {
  const ended = (body: string): string | undefined =>
    failureOf(`try { ${body} } catch (Exception e) { return; }`);

  test('of DML statements and rows end the transaction', () => {
    expect(
      ended("Account a = new Account(Name = 'A'); insert a; for (Integer i = 0; i < 150; i++) { update a; }"),
    ).toBe('System.LimitException: Too many DML statements: 151');
    expect(
      ended(
        "List<Account> l = new List<Account>(); for (Integer i = 0; i < 10001; i++) { l.add(new Account(Name = 'A')); } insert l;",
      ),
    ).toBe('System.LimitException: Too many DML rows: 10001');
  });

  test('of queueables end it too', () => {
    expect(
      failureOf('for (Integer i = 0; i < 51; i++) { System.enqueueJob(new Job()); }', [
        'public class Job implements Queueable { public void execute(QueueableContext context) { } }',
      ]),
    ).toBe('System.LimitException: Too many queueable jobs added to the queue: 51');
  });
});
