import { describe, expect, test } from '@jest/globals';
import { apexWorld, failureOf } from './fixture.ts';

// What Apex does not compile, and which of several methods a call means.

/** What is wrong with a method body beside other classes. */
function problemsOf(body: string, others: readonly string[] = []): string[] {
  const { apex } = apexWorld([`public class Checked { public void run() { ${body} } }`, ...others]);
  return apex.check().map(({ message }) => message);
}

describe('is not compiled:', () => {
  test.each([
    [
      'a Decimal for an Integer',
      'Decimal d = 1.5; Integer i = d;',
      'Illegal assignment from Decimal to Integer',
    ],
    ['a Long for an Integer', 'Long l = 1L; Integer i = l;', 'Illegal assignment from Long to Integer'],
    [
      'a list of another type',
      'List<Account> l = new List<Contact>();',
      'Illegal assignment from List<Contact> to List<Account>',
    ],
    ['a number for a text', 'String s = 5;', 'Illegal assignment from Integer to String'],
    ['a condition that is no Boolean', 'Integer i = 1; if (i) { i = 2; }', 'from Integer to Boolean'],
    [
      'two values that cannot be compared',
      "Boolean b = 'a' == 1;",
      'Comparison arguments must be compatible types: String, Integer',
    ],
    [
      'a variable that is there already, in any letter case',
      'Integer i = 1; String I = null;',
      'Duplicate variable: I',
    ],
    ['a variable that is not there', 'Integer i = missing;', 'Variable does not exist: missing'],
    ['a method that is not there', 'missing();', 'Method does not exist'],
    ['an instance’s method without an instance', 'Other.own();', 'Other.own()'],
    ['a type that is not there', 'Missing m;', 'Invalid type: Missing'],
    ['a field that an object does not have', 'Account a; String s = a.Missing__c;', 'Missing__c'],
    [
      'a cast between strangers',
      'Account a; Contact c = (Contact) a;',
      'Incompatible types since an instance of Account is never an instance of Contact',
    ],
    ['an abstract class made', 'new Abstracted();', 'Abstract classes cannot be constructed: Abstracted'],
  ])('%s', (_what, body, words) => {
    const others = ['public class Other { public void own() { } }', 'public abstract class Abstracted { }'];
    expect(problemsOf(body, others).join('\n')).toContain(words);
  });
});

describe('overloads', () => {
  const F =
    "public class F { public static String of(Object o) { return 'Object'; } public static String of(String s) { return 'String'; } public static String of(Decimal d) { return 'Decimal'; } public static String of(Long l) { return 'Long'; } public static String of(List<SObject> l) { return 'records'; } public static String of(SObject r) { return 'record'; } public static String of(Account a) { return 'account'; } }";

  test.each([
    ["'x'", 'String'],
    ['1.5', 'Decimal'],
    ['2L', 'Long'],
    ['true', 'Object'],
    ['new Account()', 'account'],
    ['new Contact()', 'record'],
    ['(SObject) new Account()', 'record'],
    ['new List<Contact>()', 'records'],
    ['(Object) new Account()', 'Object'],
  ])('%s means the one for %s', (argument, meant) => {
    expect(failureOf(`Assert.areEqual('${meant}', F.of(${argument}));`, [F])).toBeUndefined();
  });

  test('two that fit equally well are one too many', () => {
    const { apex } = apexWorld([
      'public class Pair { public static void of(String s) { } public static void of(Account a) { } public static void call() { of(null); } }',
    ]);
    expect(
      apex
        .check()
        .map(({ message }) => message)
        .join(),
    ).toContain('is ambiguous');
  });
});

test('names are told apart by no letter case', () => {
  expect(
    failureOf(
      "INTEGER Number1 = 1; number1++; assert.AREEQUAL(2, NUMBER1); ACCOUNT a = NEW account(NAME = 'A'); Assert.areEqual('A', a.name);",
    ),
  ).toBeUndefined();
});
