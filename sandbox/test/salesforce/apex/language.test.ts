import { describe, expect, test } from '@jest/globals';
import { failureOf, runTests } from './fixture.ts';

function holds(name: string, body: string, others: readonly string[] = []): void {
  test(name, () => {
    expect(failureOf(body, others)).toBeUndefined();
  });
}

describe('numbers', () => {
  holds('integer division cuts off', 'Assert.areEqual(2, 7 / 3); Assert.areEqual(-2, -7 / 3);');
  holds('an Integer overflows silently', 'Integer i = 2147483647; i++; Assert.areEqual(-2147483648, i);');
  holds('a Long does not', "Long l = 2147483647L + 1; Assert.areEqual('2147483648', String.valueOf(l));");
  holds(
    'a Decimal keeps its scale',
    "Assert.areEqual('1.50', String.valueOf(1.50)); Assert.areEqual('3.00', String.valueOf(1.50 * 2.0).substring(0, 4)); Assert.areEqual('2.75', String.valueOf(1.5 + 1.25));",
  );
  holds('setScale rounds half up', "Assert.areEqual('2.35', String.valueOf((2.345).setScale(2)));");
  holds(
    'Decimal.round is half even',
    "Assert.areEqual(2, Decimal.valueOf('2.5').round()); Assert.areEqual(4, Decimal.valueOf('3.5').round());",
  );
  holds(
    'division by zero is a MathException',
    "try { Integer x = 0; x = 1 / x; Assert.fail(); } catch (MathException e) { Assert.areEqual('Divide by 0', e.getMessage()); }",
  );
  holds(
    'null is neither less nor greater',
    'Integer n = null; Assert.isFalse(n > 2); Assert.isFalse(n < 2);',
  );
  holds('an Integer widens to Decimal', 'Decimal d = 3; Assert.areEqual(1.5, d / 2);');
  holds(
    'shifts and bits',
    'Assert.areEqual(8, 1 << 3); Assert.areEqual(1, 5 & 3); Assert.areEqual(6, 5 ^ 3); Assert.areEqual(-1, -4 >> 2);',
  );
  holds(
    'steps before and after',
    'Integer i = 1; Assert.areEqual(1, i++); Assert.areEqual(3, ++i); i += 4; Assert.areEqual(7, i);',
  );
});

describe('text', () => {
  holds(
    '== ignores letter case, equals and === do not',
    "Assert.isTrue('a' == 'A'); Assert.isFalse('a'.equals('A')); Assert.isFalse('a' === 'A'); Assert.isTrue('a' != 'b');",
  );
  holds(
    'Assert.areEqual minds letter case',
    "try { Assert.areEqual('a', 'a'); } finally { } Assert.areNotEqual('a', 'A');",
  );
  holds('null joins as null', "String s = null; Assert.areEqual('xnull', 'x' + s);");
  holds(
    'split drops empty ends',
    "Assert.areEqual(2, 'a,b,,'.split(',').size()); Assert.areEqual(4, 'a,b,,'.split(',', -1).size());",
  );
  holds(
    'format fills places',
    "Assert.areEqual('Hi Bo', String.format('Hi {0}', new List<Object>{ 'Bo' }));",
  );
  holds(
    'substring out of bounds is a StringException',
    "try { 'abc'.substring(5); Assert.fail(); } catch (StringException e) { Assert.isTrue(e.getMessage().startsWith('Starting position')); }",
  );
  holds(
    'replaceAll takes an expression',
    "Assert.areEqual('x-x', 'a-b'.replaceAll('[a-z]', 'x')); Assert.areEqual('a+b', 'a.b'.replace('.', '+'));",
  );
  holds(
    'isBlank',
    "Assert.isTrue(String.isBlank(' ')); Assert.isTrue(String.isBlank(null)); Assert.isFalse(String.isEmpty(' '));",
  );
  holds('String.join', "Assert.areEqual('1;2', String.join(new List<Integer>{ 1, 2 }, ';'));");
});

describe('classes', () => {
  holds(
    'overloads are chosen by static types',
    "Assert.areEqual('string', Over.f((String) null)); Object o = 'x'; Assert.areEqual('object', Over.f(o)); Assert.areEqual('long', Over.f(1L)); Assert.areEqual('integer', Over.f(1)); Assert.areEqual('records', Over.g(new List<SObject>())); Assert.areEqual('accounts', Over.g(new List<Account>()));",
    [
      "public class Over { public static String f(Object x) { return 'object'; } public static String f(String x) { return 'string'; } public static String f(Integer x) { return 'integer'; } public static String f(Long x) { return 'long'; } public static String g(List<SObject> x) { return 'records'; } public static String g(List<Account> x) { return 'accounts'; } }",
    ],
  );
  holds(
    'an overriding method is called whatever the static type, and super reaches the overridden one',
    "Base b = new Derived(); Assert.areEqual('derived of base 7', b.say()); Assert.areEqual('shape', ((Base.Shape) b).shape());",
    [
      "public virtual class Base { protected Integer n = 7; public interface Shape { String shape(); } public virtual String say() { return 'base ' + n; } }",
      "public class Derived extends Base implements Base.Shape { public override String say() { return 'derived of ' + super.say(); } public String shape() { return 'shape'; } }",
    ],
  );
  holds(
    'constructors chain, fields are filled before the body',
    "C c = new C(); Assert.areEqual('p1 f2 b3', c.log);",
    [
      "public virtual class P { public String log = 'p'; public P(Integer n) { log += n; } }",
      "public class C extends P { Integer f = 2; public C() { this(1); log += ' b3'; } C(Integer n) { super(n); log += ' f' + f; } }",
    ],
  );
  holds('static state is set up once, in order', 'Assert.areEqual(3, S.b); S.b++; Assert.areEqual(4, S.b);', [
    'public class S { static Integer a = 1; public static Integer b; static { b = a + 2; } }',
  ]);
  holds(
    'a property sees its own value inside its accessors',
    "L l = new L(); Assert.areEqual('made', l.name); l.name = 'x'; Assert.areEqual('X', l.name);",
    [
      "public class L { public String name { get { if (name == null) { name = 'made'; } return name; } set { name = value.toUpperCase(); } } }",
    ],
  );
  holds(
    'enums have values, names and a switch',
    "Assert.areEqual(2, E.values().size()); Assert.areEqual('TWO', E.TWO.name()); Assert.areEqual(E.ONE, E.valueOf('ONE')); String r; switch on E.TWO { when ONE { r = 'one'; } when TWO { r = 'two'; } } Assert.areEqual('two', r);",
    ['public enum E { ONE, TWO }'],
  );
  holds(
    'an abstract class cannot be made at run time either',
    "Assert.isNull(Type.forName('Nowhere')); Assert.isInstanceOfType(Type.forName('Q').newInstance(), Q.class);",
    ['public class Q { }'],
  );
});

describe('control', () => {
  holds(
    'finally runs after catch, and the cause is kept',
    "String log = ''; try { try { throw new X('inner'); } catch (X e) { log += 'c'; throw new X('outer', e); } finally { log += 'f'; } } catch (X e) { Assert.areEqual('inner', e.getCause().getMessage()); Assert.areEqual('outer', e.getMessage()); Assert.areEqual('X', e.getTypeName()); } Assert.areEqual('cf', log);",
    ['public class X extends Exception { }'],
  );
  holds(
    'a null dereference is caught as such',
    "String s; try { s.length(); Assert.fail(); } catch (NullPointerException e) { Assert.areEqual('Attempt to de-reference a null object', e.getMessage()); Assert.areEqual('System.NullPointerException', e.getTypeName()); Assert.areEqual(2, e.getLineNumber()); }",
  );
  holds('safe navigation and ??', "Account a; Assert.isNull(a?.Name); Assert.areEqual('x', a?.Name ?? 'x');");
  holds(
    'switch on text, numbers and null',
    "String r; switch on 3 { when 1, 2 { r = 'low'; } when 3 { r = 'three'; } when else { r = 'else'; } } Assert.areEqual('three', r); String n; switch on n { when null { r = 'null'; } when 'a' { r = 'a'; } } Assert.areEqual('null', r);",
  );
  holds(
    'switch on the kind of record',
    "SObject o = new Contact(LastName = 'L'); String r; switch on o { when Account a { r = 'account'; } when Contact c { r = c.LastName; } } Assert.areEqual('L', r);",
  );
  holds(
    'loops with break and continue',
    'Integer n = 0; for (Integer i = 0; i < 10; i++) { if (i == 2) { continue; } if (i == 5) { break; } n += i; } Assert.areEqual(8, n); while (n > 5) { n--; } do { n--; } while (n > 3); Assert.areEqual(3, n);',
  );
  holds(
    'instanceof and casts',
    "Object o = 5; Assert.isTrue(o instanceof Integer); Assert.isFalse(o instanceof String); try { String s = (String) o; Assert.fail(); } catch (TypeException e) { Assert.areEqual('Invalid conversion from runtime type Integer to String', e.getMessage()); }",
  );
});

describe('collections', () => {
  holds(
    'a map keeps one value per key',
    "Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 }; Assert.areEqual(1, m.put('a', 2)); Assert.areEqual(2, m.get('a')); Assert.isNull(m.get('A')); Assert.areEqual(1, m.keySet().size());",
  );
  holds(
    'an index out of bounds is a ListException',
    "try { Integer x = new List<Integer>()[0]; Assert.fail(); } catch (ListException e) { Assert.areEqual('List index out of bounds: 0', e.getMessage()); }",
  );
  holds(
    'lists compare by content',
    'Assert.areEqual(new List<Integer>{ 1, 2 }, new List<Integer>{ 1, 2 }); Assert.isTrue(new Set<Integer>{ 2, 1 } == new Set<Integer>{ 1, 2 });',
  );
  holds(
    'sorting puts null first',
    'List<Integer> l = new List<Integer>{ 3, null, 1 }; l.sort(); Assert.areEqual(new List<Integer>{ null, 1, 3 }, l);',
  );
  holds(
    'own classes sort by compareTo',
    'List<V> l = new List<V>{ new V(2), new V(1) }; l.sort(); Assert.areEqual(1, l[0].n);',
    [
      'public class V implements Comparable { public Integer n; public V(Integer n) { this.n = n; } public Integer compareTo(Object o) { return n - ((V) o).n; } }',
    ],
  );
  holds(
    'own classes are keys by equals and hashCode',
    'Set<K> s = new Set<K>{ new K(1), new K(1), new K(2) }; Assert.areEqual(2, s.size());',
    [
      'public class K { Integer n; public K(Integer n) { this.n = n; } public Boolean equals(Object o) { return ((K) o).n == n; } public Integer hashCode() { return n; } }',
    ],
  );
});

describe('what is not there', () => {
  test('is a hard error with its place', () => {
    expect(failureOf('\n  Messaging.sendEmail(null);')).toBe(
      'classes/Facts.cls:3: Variable does not exist: Messaging',
    );
    expect(failureOf("\n  String s = 'a'.splitByCharacterType();")).toContain(
      'classes/Facts.cls:3: not supported by this sandbox: String.splitByCharacterType()',
    );
  });

  test.each([
    ["Database.query('SELECT Id FROM Lead USING SCOPE mine');", 'SOQL: USING SCOPE mine'],
    ['System.runAs(new Version(1, 0)) { }', 'System.runAs of a package version'],
  ])('%s is nothing that Apex can catch', (statement, what) => {
    const { results } = runTests([
      `@IsTest class T { @IsTest static void t() { try { ${statement} } catch (Exception error) { } } }`,
    ]);
    expect(results[0]?.failure?.message).toContain(`not supported by this sandbox: ${what}`);
  });

  test('SeeAllData is refused', () => {
    const { results } = runTests(['@IsTest(SeeAllData=true) class T { @IsTest static void t() { } }']);
    expect(results[0]?.failure?.message).toContain('SeeAllData');
  });
});

describe('coverage', () => {
  test('counts lines with statements, test classes left out', () => {
    const source =
      'public class Sum {\n  public static Integer add(Integer a, Integer b) {\n    if (a == null) {\n      return 0;\n    }\n    return a + b;\n  }\n}';
    const { results, coverage } = runTests([
      source,
      '@IsTest class SumTest { @IsTest static void adds() { Assert.areEqual(3, Sum.add(1, 2)); } }',
    ]);
    expect(results).toMatchObject([{ class: 'SumTest', method: 'adds' }]);
    expect(results[0]?.failure).toBeUndefined();
    expect(coverage).toEqual([{ name: 'Sum', covered: 2, lines: 3, missed: [4] }]);
  });
});
