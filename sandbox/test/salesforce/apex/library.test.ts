import { describe, expect, test } from '@jest/globals';
import { failureOf } from './fixture.ts';

function holds(name: string, body: string, others: readonly string[] = []): void {
  test(name, () => {
    expect(failureOf(body, others)).toBeUndefined();
  });
}

const MOCK = `@IsTest public class Mock implements HttpCalloutMock {
  public HttpRequest seen;
  public HttpResponse respond(HttpRequest request) {
    seen = request;
    HttpResponse response = new HttpResponse();
    response.setStatusCode(201);
    response.setBody('{"id": 7}');
    response.setHeader('X-A', 'b');
    return response;
  }
}`;
const CALL =
  "HttpRequest r = new HttpRequest(); r.setEndpoint('callout:Vendor/x'); r.setMethod('POST'); r.setBody('hi');";

describe('JSON', () => {
  holds(
    'untyped numbers are Integer, Long or Decimal',
    `Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{"a": 1, "b": 3000000000, "c": 1.50, "d": [true, null], "e": "x"}'); Assert.isInstanceOfType(m.get('a'), Integer.class); Assert.isInstanceOfType(m.get('b'), Long.class); Assert.isInstanceOfType(m.get('c'), Decimal.class); Assert.areEqual('1.50', String.valueOf(m.get('c'))); Assert.areEqual(2, ((List<Object>) m.get('d')).size());`,
  );
  holds(
    'objects go out and come back by their fields',
    `Box b = new Box(); b.name = 'n'; b.many = new List<Integer>{ 1 }; b.at = Datetime.newInstanceGmt(2026, 1, 2, 3, 4, 5); String s = JSON.serialize(b, true); Assert.areEqual('{"name":"n","many":[1],"at":"2026-01-02T03:04:05.000Z"}', s); Box c = (Box) JSON.deserialize(s, Box.class); Assert.areEqual(b.at, c.at); Assert.areEqual(1, c.many[0]); Assert.isNull(c.inner); Assert.isTrue(JSON.serialize(new Box()).contains('"inner":null'));`,
    [
      'public class Box { public String name; public List<Integer> many; public Datetime at; public Box inner; public transient String secret; }',
    ],
  );
  holds(
    'deserializeStrict refuses what the class does not know',
    `Assert.isNotNull((Box) JSON.deserialize('{"x": 1}', Box.class)); try { JSON.deserializeStrict('{"x": 1}', Box.class); Assert.fail(); } catch (JSONException e) { Assert.isTrue(e.getMessage().contains('x')); }`,
    ['public class Box { public String name; }'],
  );
  holds(
    'a text that is no JSON is a JSONException',
    "try { JSON.deserializeUntyped('{'); Assert.fail(); } catch (JSONException e) { Assert.isNotNull(e.getMessage()); }",
  );
  holds(
    'records carry their attributes',
    `Assert.areEqual('{"attributes":{"type":"Account"},"Name":"A"}', JSON.serialize(new Account(Name = 'A')));`,
  );
});

describe('dates', () => {
  holds(
    'days, months and their ends',
    "Date d = Date.newInstance(2026, 1, 31); Assert.areEqual(Date.newInstance(2026, 2, 28), d.addMonths(1)); Assert.areEqual(1, d.daysBetween(d.addDays(1))); Assert.areEqual('2026-01-31', String.valueOf(d)); Assert.areEqual(Date.valueOf('2026-01-31'), d);",
  );
  holds(
    "a Datetime shows in the user's zone, formatGmt in GMT",
    "Datetime t = Datetime.newInstanceGmt(2026, 6, 15, 12, 0, 0); Assert.areEqual('2026-06-15 05:00:00', String.valueOf(t)); Assert.areEqual('2026-06-15T12:00:00Z', t.formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss\\'Z\\'')); Assert.areEqual(5, t.hour()); Assert.areEqual(12, t.hourGmt()); Assert.areEqual(60000L, t.addMinutes(1).getTime() - t.getTime());",
  );
});

describe('text in bytes', () => {
  holds(
    'digests, macs and encodings',
    "Assert.areEqual('ba7816bf', EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', Blob.valueOf('abc'))).left(8)); Assert.areEqual('YWJj', EncodingUtil.base64Encode(Blob.valueOf('abc'))); Assert.areEqual('abc', EncodingUtil.base64Decode('YWJj').toString()); Assert.areEqual('a+b%2F%C3%A9', EncodingUtil.urlEncode('a b/é', 'UTF-8')); Assert.areEqual(32, Crypto.generateMac('HmacSHA256', Blob.valueOf('a'), Blob.valueOf('k')).size());",
  );
  holds(
    'patterns',
    "Matcher m = Pattern.compile('(\\\\w+)@(\\\\w+)').matcher('ann@home bob@work'); Assert.isTrue(m.find()); Assert.areEqual('ann', m.group(1)); Assert.isTrue(m.find()); Assert.areEqual('work', m.group(2)); Assert.isFalse(m.find()); Assert.isTrue(Pattern.matches('a+', 'aaa'));",
  );
});

describe('callouts', () => {
  holds(
    'go to the mock',
    `Mock mock = new Mock(); Test.setMock(HttpCalloutMock.class, mock); ${CALL} HttpResponse a = new Http().send(r); Assert.areEqual(201, a.getStatusCode()); Assert.areEqual('b', a.getHeader('x-a')); Assert.areEqual('hi', mock.seen.getBody()); Assert.areEqual(1, Limits.getCallouts());`,
    [MOCK],
  );
  holds(
    'are refused after uncommitted work, and allowed again after startTest',
    `Test.setMock(HttpCalloutMock.class, new Mock()); insert new Account(Name = 'A'); ${CALL} try { new Http().send(r); Assert.fail(); } catch (CalloutException e) { Assert.areEqual('You have uncommitted work pending. Please commit or rollback before calling out', e.getMessage()); } Test.startTest(); Assert.areEqual(201, new Http().send(r).getStatusCode()); Test.stopTest();`,
    [MOCK],
  );
  holds(
    'need a mock in tests',
    `${CALL} try { new Http().send(r); Assert.fail(); } catch (TypeException e) { Assert.isTrue(e.getMessage().contains('do not support')); }`,
  );
});

describe('jobs', () => {
  const JOB =
    'public class Job implements Queueable, Database.AllowsCallouts { public static Integer runs = 0; String name; public Job(String name) { this.name = name; } public void execute(QueueableContext context) { insert new Account(Name = name); Assert.isNotNull(context.getJobId()); Assert.isTrue(System.isQueueable()); } }';
  holds(
    'a queueable runs at stopTest',
    "Test.startTest(); System.enqueueJob(new Job('Q')); Assert.areEqual(0, [SELECT COUNT() FROM Account]); Assert.areEqual(1, Limits.getQueueableJobs()); Test.stopTest(); Assert.areEqual('Q', [SELECT Name FROM Account].Name);",
    [JOB],
  );
  holds(
    'a queueable without Database.AllowsCallouts cannot call out',
    'Test.setMock(HttpCalloutMock.class, new Mock()); Test.startTest(); System.enqueueJob(new Closed()); Test.stopTest(); Assert.areEqual(1, [SELECT COUNT() FROM Account]);',
    [
      MOCK,
      `public class Closed implements Queueable { public void execute(QueueableContext context) { ${CALL} try { new Http().send(r); } catch (CalloutException e) { insert new Account(Name = 'refused'); } } }`,
    ],
  );
  holds(
    'a scheduled job is a CronTrigger that runs at stopTest',
    "Test.startTest(); Id id = System.schedule('Nightly', '0 30 2 * * ?', new Nightly()); CronTrigger t = [SELECT CronExpression, NextFireTime, TimesTriggered, CronJobDetail.Name FROM CronTrigger WHERE Id = :id]; Assert.areEqual('Nightly', t.CronJobDetail.Name); Assert.areEqual(Datetime.newInstance(2026, 6, 16, 2, 30, 0), t.NextFireTime); try { System.schedule('Nightly', '0 0 3 * * ?', new Nightly()); Assert.fail(); } catch (AsyncException e) { Assert.isTrue(e.getMessage().contains('already scheduled')); } Test.stopTest(); Assert.areEqual(1, [SELECT COUNT() FROM Account]); System.abortJob(id); Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger WHERE State = 'WAITING']);",
    [
      "public class Nightly implements Schedulable { public void execute(SchedulableContext context) { insert new Account(Name = 'N'); } }",
    ],
  );
});

describe('the org', () => {
  holds(
    'labels',
    "Assert.areEqual('Good day', System.Label.Greeting); Assert.areEqual('Good day', Label.Greeting);",
  );
  holds(
    "the running user's facts",
    "Assert.areEqual('admin@sandbox.test', UserInfo.getUserName()); Assert.areEqual('user@example.com', UserInfo.getUserEmail()); Assert.areEqual('00D000000000001EAA', UserInfo.getOrganizationId()); Assert.isTrue(Test.isRunningTest());",
  );
  holds(
    'runAs is for tests, and goes back',
    "System.runAs(new User(Id = '005000000000002AAA')) { Assert.areEqual('rep@sandbox.test', UserInfo.getUserName()); } Assert.areEqual('admin@sandbox.test', UserInfo.getUserName());",
  );
});
