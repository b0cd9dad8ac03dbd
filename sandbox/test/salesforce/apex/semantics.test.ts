import { describe, expect, test } from '@jest/globals';
import { failureOf } from './fixture.ts';

// Facts of the Apex Developer Guide and Apex Reference at which an interpreter of one's own goes easily wrong.
function holds(name: string, body: string, others: readonly string[] = []): void {
  test(name, () => {
    expect(failureOf(body, others)).toBeUndefined();
  });
}

/** The body throws an exception of the type whose message contains the text. */
function throws(
  name: string,
  type: string,
  text: string,
  body: string,
  others: readonly string[] = [],
): void {
  holds(
    name,
    `try { ${body} Assert.fail('nothing was thrown'); } catch (${type} e) { Assert.isTrue(e.getMessage().contains('${text}'), e.getMessage()); }`,
    others,
  );
}

describe('numbers', () => {
  holds(
    'Integer and Long overflow in products as well',
    'Integer i = 65536; Assert.areEqual(0, i * i); Long l = 9223372036854775807L; Assert.areEqual(-9223372036854775808L, l + 1);',
  );
  holds(
    'an Integer with a Long is a Long, with a Decimal a Decimal',
    'Integer i = 2147483647; Long l = 1; Assert.areEqual(2147483648L, i + l); Assert.areEqual(3L, 7 / 2L); Assert.areEqual(3.5, 7 / 2.0);',
  );
  holds(
    'a remainder has the sign of the dividend',
    'Assert.areEqual(-1, Math.mod(-7, 3)); Assert.areEqual(1, Math.mod(7, -3));',
  );
  holds(
    'Decimals add without loss, products add their scales',
    "Assert.areEqual(0.3, 0.1 + 0.2); Assert.areEqual('3.10', String.valueOf(1.10 + 2.0)); Assert.areEqual('2.200', String.valueOf(1.10 * 2.0)); Assert.areEqual(2, (1.10).scale()); Assert.isTrue(1.10 == 1.1);",
  );
  holds(
    'quotients are asked for by scale, and rounded half up unless told otherwise',
    "Decimal d = 2; Assert.areEqual('0.67', String.valueOf(d.divide(3, 2))); Assert.areEqual('0.66', String.valueOf(d.divide(3, 2, System.RoundingMode.DOWN)));",
  );
  holds(
    'Math.round goes to the even neighbour',
    'Assert.areEqual(2, Math.round(2.5)); Assert.areEqual(4, Math.round(3.5)); Assert.areEqual(3, Integer.valueOf(3.9)); Assert.areEqual(-3, (-3.9).intValue());',
  );
  throws(
    'a text that is no number is a TypeException',
    'TypeException',
    'Invalid integer: abc',
    "Integer.valueOf('abc');",
  );
  throws(
    'null cannot be added to a number',
    'NullPointerException',
    'Attempt to de-reference a null object',
    'Integer n = null; Integer m = n + 1;',
  );
  holds(
    'numbers are equal across kinds',
    'Integer i = 1; Long l = 1; Decimal d = 1.0; Assert.isTrue(i == l && l == d && d == i);',
  );
});

describe('text', () => {
  holds(
    'keys of sets and maps mind letter case',
    "Set<String> s = new Set<String>{ 'a' }; Assert.isFalse(s.contains('A')); Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 }; Assert.isNull(m.get('A'));",
  );
  holds("+= on a null text begins with 'null'", "String s; s += 'x'; Assert.areEqual('nullx', s);");
  holds(
    'what is not found is -1, null or an empty text',
    "Assert.areEqual(-1, 'abc'.indexOf('z')); Assert.isNull('abc'.substringBetween('x', 'y')); Assert.areEqual('', 'abc'.substringAfter('z')); Assert.areEqual('abc', 'abc'.substringBefore('z'));",
  );
});

describe('text as patterns', () => {
  holds(
    'split takes an expression, in which a dot is any character',
    "Assert.areEqual(0, 'a.b'.split('.').size()); Assert.areEqual(new List<String>{ 'a', 'b' }, 'a.b'.split('\\\\.')); Assert.areEqual(new List<String>{ 'a', 'b,c' }, 'a,b,c'.split(',', 2));",
  );
  holds(
    'an empty text is not null, and blank is either',
    "String none; Assert.isFalse('' == none); Assert.isTrue(String.isBlank(none) && String.isBlank(' ') && String.isEmpty('') && !String.isEmpty(' ')); Assert.areEqual('', 'abc'.substring(1, 1));",
  );
});

describe('ids', () => {
  holds(
    'of both lengths are one key',
    "Assert.areEqual(1, new Set<Id>{ '001000000000001', '001000000000001AAA' }.size());",
  );
  holds(
    'of 15 and of 18 characters are equal',
    "Id one = '001000000000001'; Id other = '001000000000001AAA'; Assert.isTrue(one == other); Assert.areEqual(18, String.valueOf(one).length());",
  );
  throws(
    'that are none are a StringException',
    'StringException',
    'Invalid id',
    "Id wrong = Id.valueOf('nonsense');",
  );
});

describe('collections', () => {
  throws(
    'cannot be changed while a loop goes through them',
    'FinalException',
    'Cannot modify a collection while it is being iterated',
    'List<Integer> l = new List<Integer>{ 1, 2 }; for (Integer i : l) { l.add(i); }',
  );
  holds(
    'answer what was there before',
    'Map<String, Integer> m = new Map<String, Integer>(); Assert.isNull(m.put(null, 1)); Assert.areEqual(1, m.put(null, 2)); Assert.areEqual(2, m.remove(null)); Assert.isTrue(m.isEmpty()); List<Integer> l = new List<Integer>{ 5, 6 }; Assert.areEqual(5, l.remove(0)); Set<Integer> s = new Set<Integer>(); Assert.isTrue(s.add(1)); Assert.isFalse(s.add(1)); Assert.isTrue(s.contains(1));',
  );
  holds(
    'an array of three has three nulls',
    'Integer[] a = new Integer[3]; Assert.areEqual(3, a.size()); Assert.isNull(a[2]);',
  );
  holds(
    'a copy of a list shares its elements, a deep one does not',
    "List<Account> l = new List<Account>{ new Account(Name = 'A') }; List<Account> shallow = l.clone(); List<Account> deep = l.deepClone(); l[0].Name = 'B'; Assert.areEqual('B', shallow[0].Name); Assert.areEqual('A', deep[0].Name);",
  );
  throws(
    'a map of records needs their ids',
    'ListException',
    'Row with null Id at index: 1',
    "Map<Id, Account> m = new Map<Id, Account>(new List<Account>{ new Account(Id = '001000000000001AAA'), new Account(Name = 'A') });",
  );
  holds(
    'values() of a map is a copy',
    "Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 }; m.values().add(2); Assert.areEqual(1, m.size());",
  );
});

describe('records', () => {
  holds(
    'reach through a parent that is not there to null',
    "insert new Contact(LastName = 'Alone'); Contact c = [SELECT LastName, Account.Name, Account.Owner.Name FROM Contact]; Assert.isNull(c.Account); Assert.isNull(c.Account.Name); Assert.isNull(c.Account.Owner.Name);",
  );
  holds(
    'hold what was set or queried, and no more',
    "Account a = new Account(Name = 'A', Phone = null); Assert.areEqual(new Set<String>{ 'Name', 'Phone' }, a.getPopulatedFieldsAsMap().keySet()); insert a; Account b = [SELECT Name FROM Account]; Assert.areEqual(new Set<String>{ 'Id', 'Name' }, b.getPopulatedFieldsAsMap().keySet());",
  );
  holds(
    'are equal by their fields, identical by themselves',
    "Account a = new Account(Name = 'A'); Account b = new Account(Name = 'A'); Assert.isTrue(a == b); Assert.isFalse(a === b); Assert.areEqual(1, new Set<Account>{ a, b }.size()); b.Phone = '1'; Assert.isFalse(a == b);",
  );
  holds(
    'copied leave their id behind unless asked',
    "Account a = new Account(Name = 'A'); insert a; Assert.isNull(a.clone().Id); Assert.areEqual(a.Id, a.clone(true).Id); Account c = a.clone(); c.Name = 'C'; Assert.areEqual('A', a.Name);",
  );
  throws(
    'refuse fields that they do not have',
    'SObjectException',
    'Invalid field',
    "SObject a = new Account(); a.get('Nonsense');",
  );
  throws(
    'refuse values of another type',
    'SObjectException',
    'Illegal assignment',
    "SObject a = new Account(); a.put('Name', 5);",
  );
});

describe('control', () => {
  holds(
    'finally runs after a return, whose value stands already',
    'Assert.areEqual(1, F.one()); Assert.areEqual(2, F.seen);',
    [
      'public class F { public static Integer seen = 0; public static Integer one() { Integer n = 1; try { return n; } finally { n = 2; seen = n; } } }',
    ],
  );
  holds(
    'the first catch that fits is taken, and finally runs where none does',
    "String s = ''; try { try { throw new IllegalArgumentException('x'); } catch (DmlException e) { s += 'dml'; } finally { s += 'finally'; } } catch (IllegalArgumentException e) { s += ' own'; } catch (Exception e) { s += ' any'; } Assert.areEqual('finally own', s);",
  );
  throws(
    'a null condition is a null dereference',
    'NullPointerException',
    'null object',
    'Boolean b; if (b) { b = false; }',
  );
  holds(
    '&& and || stop where the answer is clear',
    "Account a; Assert.isFalse(a != null && a.Name == 'x'); Assert.isTrue(a == null || a.Name == 'x');",
  );
  holds(
    'a parameter is a name of its own for the same object',
    "List<String> l = new List<String>(); P.change(l); Assert.areEqual(new List<String>{ 'in' }, l);",
    [
      "public class P { public static void change(List<String> l) { l.add('in'); l = new List<String>{ 'other' }; } }",
    ],
  );
  throws(
    'a cast that does not fit is a TypeException',
    'TypeException',
    'Invalid conversion from runtime type Account to Contact',
    'SObject a = new Account(); Contact c = (Contact) a;',
  );
  holds('null is an instance of nothing', 'Object o; Assert.isFalse(o instanceof String);');
});

describe('operators', () => {
  holds('>>> fills with zeros', 'Assert.areEqual(15, -1 >>> 28); Assert.areEqual(-1, -1 >> 28);');
  holds(
    'contains and indexOf of a list mind letter case',
    "List<String> l = new List<String>{ 'A' }; Assert.isFalse(l.contains('a')); Assert.areEqual(-1, l.indexOf('a')); Assert.areEqual(0, l.indexOf('A'));",
  );
});

describe('classes', () => {
  holds(
    'own exceptions carry names, causes and a text of their own',
    "try { throw new Outer.OwnException('x', new DmlException('y')); } catch (Outer.OwnException e) { Assert.areEqual('x', e.getMessage()); Assert.areEqual('Outer.OwnException', e.getTypeName()); Assert.areEqual('y', e.getCause().getMessage()); } try { throw new Outer.OwnException(); } catch (Exception e) { Assert.areEqual('Script-thrown exception', e.getMessage()); }",
    ['public class Outer { public class OwnException extends Exception {} }'],
  );
  holds(
    'static fields are filled in the order of the text, at the first use, once',
    "Assert.areEqual('', Log.text); Assert.areEqual(3, Late.b); Assert.areEqual('ab', Log.text); Assert.areEqual(3, Late.b); Assert.areEqual('ab', Log.text);",
    [
      "public class Log { public static String text = ''; public static Integer note(String what, Integer n) { text += what; return n; } }",
      "public class Late { static Integer a = Log.note('a', 1); public static Integer b = Log.note('b', a + 2); }",
    ],
  );
  holds('a private method is not overridden', "Assert.areEqual('base', new Child().call());", [
    "public virtual class Base { private String name() { return 'base'; } public String call() { return name(); } }",
    "public class Child extends Base { private String name() { return 'child'; } }",
  ]);
  throws('an enum does not know other names', 'NoSuchElementException', 'Q', "E.valueOf('Q');", [
    'public enum E { A, B }',
  ]);
});

describe('dates', () => {
  holds(
    'months end where they end',
    'Assert.areEqual(Date.newInstance(2026, 2, 28), Date.newInstance(2026, 1, 31).addMonths(1)); Assert.areEqual(Date.newInstance(2024, 2, 29), Date.newInstance(2024, 1, 31).addMonths(1)); Assert.areEqual(29, Date.daysInMonth(2024, 2)); Assert.areEqual(-1, Date.newInstance(2026, 3, 1).daysBetween(Date.newInstance(2026, 2, 28)));',
  );
  holds(
    'a number added to a date is days, to a time too',
    'Assert.areEqual(Date.newInstance(2026, 3, 1), Date.newInstance(2026, 2, 27) + 2); Datetime noon = Datetime.newInstanceGmt(2026, 6, 15, 12, 0, 0); Assert.areEqual(Datetime.newInstanceGmt(2026, 6, 16, 0, 0, 0), noon + 0.5);',
  );
  throws(
    'a text that is no date is a TypeException',
    'TypeException',
    'Invalid date',
    "Date.valueOf('yesterday');",
  );
});
