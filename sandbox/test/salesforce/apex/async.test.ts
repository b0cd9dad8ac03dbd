import { describe, expect, test } from '@jest/globals';
import { LiveApex } from '../../../salesforce/apex/run/live.ts';
import { ADMIN, apexWorld, failureOf } from './fixture.ts';

// Queueables, their signatures and finalizers, as the Apex Developer Guide has them.
function holds(name: string, body: string, others: readonly string[] = []): void {
  test(name, () => {
    expect(failureOf(body, others)).toBeUndefined();
  });
}

const JOB =
  'public class Job implements Queueable { String name; public Job(String name) { this.name = name; } public void execute(QueueableContext context) { insert new Account(Name = name); } }';
const SIGNED =
  "AsyncOptions o = new AsyncOptions(); o.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('k').addInteger(1).addId(UserInfo.getUserId()).build();";

describe('a signature', () => {
  holds(
    'keeps a second job out while the first waits',
    `${SIGNED} System.enqueueJob(new Job('A'), o); try { System.enqueueJob(new Job('B'), o); Assert.fail(); } catch (DuplicateMessageException e) { Assert.areEqual('Attempt to enqueue job with duplicate queueable signature', e.getMessage()); } Assert.areEqual(1, Limits.getQueueableJobs());`,
    [JOB],
  );
  holds(
    'is given back when its job begins, so that a running job keeps nobody out',
    `${SIGNED} Test.startTest(); System.enqueueJob(new Job('A'), o); Test.stopTest(); System.enqueueJob(new Job('B'), o); Assert.areEqual(1, [SELECT COUNT() FROM Account]);`,
    [JOB],
  );
  holds(
    'is given back when its transaction is taken back, and the job is not run',
    `${SIGNED} Test.startTest(); Savepoint before = Database.setSavepoint(); System.enqueueJob(new Job('A'), o); Database.rollback(before); System.enqueueJob(new Job('B'), o); Test.stopTest(); Assert.areEqual('B', [SELECT Name FROM Account].Name);`,
    [JOB],
  );
  holds(
    'is told apart by the kind of its parts',
    "AsyncOptions a = new AsyncOptions(); a.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('1').build(); AsyncOptions b = new AsyncOptions(); b.DuplicateSignature = new QueueableDuplicateSignature.Builder().addInteger(1).build(); System.enqueueJob(new Job('A'), a); System.enqueueJob(new Job('B'), b); Assert.areEqual(2, Limits.getQueueableJobs());",
    [JOB],
  );
  holds(
    'is not needed',
    "System.enqueueJob(new Job('A')); System.enqueueJob(new Job('A')); AsyncOptions o = new AsyncOptions(); o.MinimumQueueableDelayInMinutes = 10; System.enqueueJob(new Job('A'), o); Assert.areEqual(3, Limits.getQueueableJobs());",
    [JOB],
  );

  test('keeps transactions of an org apart until the job has begun', async () => {
    const world = apexWorld([
      JOB,
      `public class Door { @AuraEnabled public static String ask(Integer delay) { ${SIGNED} o.MinimumQueueableDelayInMinutes = delay; try { System.enqueueJob(new Job('A'), o); return 'taken'; } catch (DuplicateMessageException e) { return 'waits already'; } } }`,
    ]);
    const live = new LiveApex(world.apex, {
      clock: { now: () => world.now },
      send: () => Promise.reject(new Error('No callouts')),
    });
    const ask = async () => {
      const outcome = await live.callAura('Door', 'ask', { delay: 1 }, ADMIN);
      return outcome.ok ? outcome.value : outcome.message;
    };
    expect([await ask(), await ask()]).toEqual(['taken', 'waits already']);
    world.now += 60_000;
    live.tick();
    await live.settle();
    expect(await ask()).toBe('taken');
  });
});

describe('a queueable', () => {
  holds(
    'cannot be chained in a test',
    "Test.startTest(); System.enqueueJob(new Chain()); Test.stopTest(); Assert.areEqual('Maximum stack depth has been reached.', [SELECT Name FROM Account].Name);",
    [
      JOB,
      "public class Chain implements Queueable { public void execute(QueueableContext context) { try { System.enqueueJob(new Job('B')); } catch (AsyncException e) { insert new Account(Name = e.getMessage()); } } }",
    ],
  );

  test('waits ten minutes at most: a longer delay is no guess', () => {
    const body =
      "AsyncOptions o = new AsyncOptions(); o.MinimumQueueableDelayInMinutes = 11; System.enqueueJob(new Job('A'), o);";
    expect(failureOf(body, [JOB])).toContain('not supported by this sandbox: a delay of 11 minutes');
  });
});

const CALL =
  "HttpRequest r = new HttpRequest(); r.setEndpoint('callout:Vendor/x'); r.setMethod('POST'); new Http().send(r);";
const MOCK =
  '@IsTest public class Mock implements HttpCalloutMock { public HttpResponse respond(HttpRequest request) { HttpResponse response = new HttpResponse(); response.setStatusCode(200); return response; } }';
const LAST = `public class Last implements Finalizer { public void execute(FinalizerContext context) { ${CALL} Exception error = context.getException(); insert new Account(Name = context.getResult().name() + ': ' + (error == null ? 'none' : error.getMessage())); } }`;

describe('a finalizer', () => {
  holds(
    'runs after its job in a transaction of its own, and may call out after what the job saved',
    "Test.setMock(HttpCalloutMock.class, new Mock()); Test.startTest(); System.enqueueJob(new Saver()); Test.stopTest(); Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'Saved']); Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'SUCCESS: none']);",
    [
      MOCK,
      LAST,
      "public class Saver implements Queueable { public void execute(QueueableContext context) { insert new Account(Name = 'Saved'); System.attachFinalizer(new Last()); } }",
    ],
  );
  holds(
    'is for queueables, and one for each',
    "try { System.attachFinalizer(new Last()); Assert.fail(); } catch (AsyncException e) { Assert.areEqual('System.attachFinalizer(Finalizer) is not allowed in this context', e.getMessage()); } Test.setMock(HttpCalloutMock.class, new Mock()); Test.startTest(); System.enqueueJob(new Twice()); Test.stopTest(); Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'More than one Finalizer cannot be attached to same Async Apex Job']);",
    [
      MOCK,
      LAST,
      'public class Twice implements Queueable { public void execute(QueueableContext context) { System.attachFinalizer(new Last()); try { System.attachFinalizer(new Last()); } catch (AsyncException e) { insert new Account(Name = e.getMessage()); } } }',
    ],
  );

  test('runs after a job that failed too, whose saves are taken back, and is told why', async () => {
    const world = apexWorld([
      LAST.replace(CALL, ''),
      "public class Failing implements Queueable { public void execute(QueueableContext context) { System.attachFinalizer(new Last()); insert new Account(Name = 'Gone'); throw new IllegalArgumentException('No'); } }",
      'public class Door { @AuraEnabled public static void start() { System.enqueueJob(new Failing()); } }',
    ]);
    const failures: unknown[] = [];
    const live = new LiveApex(world.apex, {
      clock: { now: () => world.now },
      send: () => Promise.reject(new Error('No callouts')),
      onJobFailure: (error) => failures.push(error),
    });
    await live.callAura('Door', 'start', {}, ADMIN);
    await live.settle();
    expect(world.org.query(ADMIN, 'SELECT Name FROM Account').records).toMatchObject([
      { Name: 'UNHANDLED_EXCEPTION: No' },
    ]);
    expect(failures).toHaveLength(1);
  });
});

describe('the way into Apex', () => {
  holds(
    'of a test is RUNTEST_SYNC, of its jobs QUEUEABLE',
    "Assert.areEqual(Quiddity.RUNTEST_SYNC, Request.getCurrent().getQuiddity()); Test.startTest(); System.enqueueJob(new Way()); Test.stopTest(); Assert.areEqual('QUEUEABLE', [SELECT Name FROM Account].Name);",
    [
      'public class Way implements Queueable { public void execute(QueueableContext context) { insert new Account(Name = Request.getCurrent().getQuiddity().name()); } }',
    ],
  );

  test('of a trigger says whether a Bulk API job saves', () => {
    const { org } = apexWorld([
      'trigger Ways on Account (before insert) { for (Account a : Trigger.new) { a.Description = Request.getCurrent().getQuiddity().name(); } }',
    ]);
    org.insert(ADMIN, 'Account', [{ Name: 'Bulk' }], { isBulk: true });
    org.insert(ADMIN, 'Account', [{ Name: 'Row' }]);
    const { records } = org.query(ADMIN, 'SELECT Description FROM Account ORDER BY Name');
    expect(records.map(({ Description }) => Description)).toEqual(['BULK_API', 'SYNCHRONOUS']);
  });
});

describe('FOR UPDATE', () => {
  holds(
    'answers rows as they are, which may be saved at once',
    "insert new Account(Name = 'A'); Account a = [SELECT Name FROM Account WITH USER_MODE LIMIT 1 FOR UPDATE]; a.Name = 'B'; update a; Assert.areEqual('B', [SELECT Name FROM Account].Name);",
  );

  test('goes with no ORDER BY', () => {
    expect(() => failureOf('List<Account> a = [SELECT Id FROM Account ORDER BY Name FOR UPDATE];')).toThrow(
      'ORDER BY is not allowed in a query that locks',
    );
  });
});
