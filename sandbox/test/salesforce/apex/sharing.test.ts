import { describe, expect, test } from '@jest/globals';
import { LiveApex } from '../../../salesforce/apex/run/live.ts';
import { ADMIN, apexWorld, failureOf, NOON, REP } from './fixture.ts';

// Facts of Apex Developer Guide, "Use the with sharing, without sharing, and inherited sharing Keywords" and
// "Set an Access Mode for Database Operations", and of Apex Reference, "Versioned Behavior Changes" (67.0).

const COUNT = 'return [SELECT COUNT() FROM Lead WITH SYSTEM_MODE];';
const counting = (name: string, sharing: string, body = COUNT): string =>
  `public ${sharing} class ${name} { public static Integer count() { ${body} } }`;
const CLASSES = [
  counting('Sharp', 'with sharing'),
  counting('Blunt', 'without sharing'),
  counting('Heir', 'inherited sharing'),
  counting('Silent', ''),
  counting('SharpHeir', 'with sharing', 'return Heir.count();'),
  counting('BluntHeir', 'without sharing', 'return Heir.count();'),
  counting('SharpSilent', 'with sharing', 'return Silent.count();'),
  counting('BluntSilent', 'without sharing', 'return Silent.count();'),
  counting('SharpBlunt', 'with sharing', 'return Blunt.count();'),
  counting('BluntSharp', 'without sharing', 'return Sharp.count();'),
  'public without sharing class Outer { public class Inner { public Integer count() { return [SELECT COUNT() FROM Lead WITH SYSTEM_MODE]; } } }',
];

/** Two leads of the administrator and one of the rep, who then runs the body. */
const asRep = (body: string): string => `
  Lead hers = new Lead(LastName = 'Hers', Company = 'C', Phone = '1');
  insert hers;
  insert new Lead(LastName = 'Too', Company = 'C');
  System.runAs(new User(Id = '${REP.id}')) { insert new Lead(LastName = 'Own', Company = 'C'); ${body} }`;

function holds(name: string, body: string, classes: readonly string[] = CLASSES, apiVersion = 67): void {
  test(name, () => {
    const options = { apiVersion, privateObjects: ['Lead'] };
    expect(failureOf(asRep(body), classes, options)).toBeUndefined();
  });
}

const counts = (expression: string, expected: number): string =>
  `Assert.areEqual(${expected}, ${expression});`;

describe('record sharing in Apex', () => {
  holds('a class with sharing sees own records only, in system mode too', counts('Sharp.count()', 1));
  holds('a class without sharing sees all in system mode', counts('Blunt.count()', 3));
  holds('inherited sharing is the caller’s', counts('SharpHeir.count()', 1) + counts('BluntHeir.count()', 3));
  holds(
    'a called class keeps its own declaration',
    counts('SharpBlunt.count()', 3) + counts('BluntSharp.count()', 1),
  );
  holds(
    'since API 67 a class without a declaration runs with sharing',
    counts('Silent.count()', 1) + counts('BluntSilent.count()', 1),
  );
  holds(
    'before API 67 a class without a declaration has its caller’s, and none below a test',
    counts('SharpSilent.count()', 1) + counts('BluntSilent.count()', 3) + counts('Silent.count()', 3),
    CLASSES,
    66,
  );
  holds('an inner class does not take the outer one’s', counts('new Outer.Inner().count()', 1));
  holds(
    'user mode respects sharing in a class without sharing',
    counts('Open.count()', 1) + counts('Open.byLevel()', 1),
    [
      "public without sharing class Open { public static Integer count() { return [SELECT COUNT() FROM Lead WITH USER_MODE]; } public static Integer byLevel() { return Database.query('SELECT Id FROM Lead', AccessLevel.USER_MODE).size(); } }",
    ],
  );
  holds(
    'system mode with sharing ignores field access all the same',
    "Assert.areEqual('5', Reader.phone());",
    [
      "public with sharing class Reader { public static String phone() { insert as system new Lead(LastName = 'P', Company = 'C', Phone = '5'); return [SELECT Phone FROM Lead WHERE LastName = 'P' WITH SYSTEM_MODE].Phone; } }",
    ],
  );
  holds(
    'saving a hidden record fails with sharing or in user mode, and passes without',
    `try { Sharp.save(hers); Assert.fail(); } catch (DmlException e) { Assert.areEqual(StatusCode.INSUFFICIENT_ACCESS_OR_READONLY, e.getDmlType(0)); }
     try { Blunt.saveAsUser(hers); Assert.fail(); } catch (DmlException e) { Assert.areEqual(StatusCode.INSUFFICIENT_ACCESS_OR_READONLY, e.getDmlType(0)); }
     Blunt.save(hers);`,
    [
      "public with sharing class Sharp { public static void save(Lead l) { update as system new Lead(Id = l.Id, City = 'X'); } }",
      "public without sharing class Blunt { public static void save(Lead l) { update as system new Lead(Id = l.Id, City = 'X'); } public static void saveAsUser(Lead l) { update as user new Lead(Id = l.Id, City = 'X'); } }",
    ],
  );
  holds(
    'triggers run without sharing, and what inherits sharing below them does',
    "Lead own = [SELECT Id FROM Lead LIMIT 1]; update new Lead(Id = own.Id, City = 'X'); Assert.areEqual('3 3 1', [SELECT Title FROM Lead].Title);",
    [
      ...CLASSES,
      "trigger Tally on Lead (before update) { Trigger.new[0].Title = [SELECT COUNT() FROM Lead] + ' ' + Heir.count() + ' ' + Sharp.count(); }",
    ],
  );

  holds(
    'a user asks about the own access to a record, which system mode does not widen',
    `Lead own = [SELECT Id FROM Lead LIMIT 1];
     UserRecordAccess access = [SELECT RecordId, HasEditAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = :UserInfo.getUserId() AND RecordId = :own.Id];
     Assert.areEqual(own.Id, access.RecordId); Assert.isTrue(access.HasEditAccess); Assert.areEqual('All', access.MaxAccessLevel);
     Assert.areEqual(0, Asker.ask(hers.Id, AccessLevel.USER_MODE).size());
     List<UserRecordAccess> found = Asker.ask(hers.Id, AccessLevel.SYSTEM_MODE);
     Assert.areEqual(1, found.size()); Assert.isFalse(found[0].HasReadAccess);`,
    [
      "public without sharing class Asker { public static List<UserRecordAccess> ask(Id recordId, AccessLevel level) { return Database.query('SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = \\'' + UserInfo.getUserId() + '\\' AND RecordId = \\'' + recordId + '\\'', level); } }",
    ],
  );

  test('inherited sharing is with sharing where a component calls the class', async () => {
    const entry =
      'public inherited sharing class Entry { @AuraEnabled public static Integer count() { return [SELECT COUNT() FROM Lead WITH SYSTEM_MODE]; } }';
    const { org, apex } = apexWorld([entry], { privateObjects: ['Lead'] });
    org.insert(ADMIN, 'Lead', [{ LastName: 'Hers', Company: 'C' }]);
    const live = new LiveApex(apex, {
      clock: { now: () => NOON },
      send: ({ endpoint }) => Promise.reject(new Error(`Nothing is to be called, but ${endpoint} was.`)),
    });
    expect(await live.callAura('Entry', 'count', {}, REP)).toEqual({ ok: true, value: 0 });
    expect(await live.callAura('Entry', 'count', {}, ADMIN)).toEqual({ ok: true, value: 1 });
  });
});
