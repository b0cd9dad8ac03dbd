import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findProblems } from '../../package/references.ts';
import { readSource } from '../../package/source.ts';

const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A package of one file: what is wrong with it. */
function problemsOf(files: Readonly<Record<string, string>>): string[] {
  return findProblems(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
    ({ message }) => message,
  );
}

test('the package names nothing that is not there', () => {
  const files = readSource(join(import.meta.dirname, '../../../force-app/main/default'));

  expect(files.length).toBeGreaterThan(100);
  expect(findProblems(files)).toEqual([]);
});

describe('names that stand for nothing are found', () => {
  test.each<[string, string, string]>([
    [
      'app of a permission set',
      'applicationVisibilities><application>X</application></applicationVisibilities',
      'app "X"',
    ],
    ['class of a permission set', 'classAccesses><apexClass>X</apexClass></classAccesses', 'class "X"'],
    ['custom permission', 'customPermissions><name>X</name></customPermissions', 'custom permission "X"'],
    [
      'field of a permission set',
      'fieldPermissions><field>Lead.X__c</field></fieldPermissions',
      'field "Lead.X__c"',
    ],
    ['tab of a permission set', 'tabSettings><tab>X</tab></tabSettings', 'tab "X"'],
    [
      'principal',
      'externalCredentialPrincipalAccesses><externalCredentialPrincipal>X-Y</externalCredentialPrincipal></externalCredentialPrincipalAccesses',
      'principal of an external credential "X-Y"',
    ],
  ])('%s', (_what, content, named) => {
    const text = `<PermissionSet ${ns}><${content}></PermissionSet>`;

    expect(problemsOf({ 'permissionsets/P.permissionset-meta.xml': text })).toEqual([
      `There is no ${named}.`,
    ]);
  });

  test('a method of the set-up that does not ask who calls', () => {
    const methods =
      'public static void a() { SetupAccess.require(); } @AuraEnabled(cacheable=true) public static Object b(String c) { return c; }';

    expect(
      problemsOf({
        'classes/setup/AController.cls': `class AController { @AuraEnabled ${methods} }`,
        'classes/setup/AController.cls-meta.xml': `<ApexClass ${ns}></ApexClass>`,
      }),
    ).toEqual(['The method "b" is open to everybody.', 'No permission set gives access to this class.']);
  });

  test('a permission on an object without those that it needs', () => {
    const granted = '<allowRead>true</allowRead><allowEdit>true</allowEdit>';
    const object = `${granted}<modifyAllRecords>true</modifyAllRecords><object>Lead</object>`;
    const text = `<PermissionSet ${ns}><objectPermissions>${object}</objectPermissions></PermissionSet>`;

    expect(problemsOf({ 'permissionsets/P.permissionset-meta.xml': text })).toEqual([
      'modifyAllRecords of Lead needs allowDelete.',
      'modifyAllRecords of Lead needs viewAllRecords.',
    ]);
  });

  test.each<[string, string, string]>([
    [
      'layouts/Lead-Lead Layout.layout-meta.xml',
      `<Layout ${ns}><layoutSections><layoutColumns><layoutItems><field>X__c</field></layoutItems></layoutColumns></layoutSections></Layout>`,
      'There is no field "Lead.X__c".',
    ],
    [
      'flexipages/P.flexipage-meta.xml',
      `<FlexiPage ${ns}><itemInstances><componentInstance><componentName>x</componentName></componentInstance></itemInstances></FlexiPage>`,
      'There is no component "x".',
    ],
    ['tabs/T.tab-meta.xml', `<CustomTab ${ns}><flexiPage>X</flexiPage></CustomTab>`, 'There is no page "X".'],
    [
      'applications/A.app-meta.xml',
      `<CustomApplication ${ns}><tabs>X</tabs></CustomApplication>`,
      'There is no tab "X".',
    ],
    ['classes/a/A.cls', 'class A {}', 'Its metadata file is missing.'],
    ['lwc/a/a.ts', "import x from '@salesforce/label/c.X';", 'There is no label "c.X".'],
    ['lwc/a/a.ts', "import x from '@salesforce/apex/X.get';", 'There is no apex "X.get".'],
    [
      'translations/es.translation-meta.xml',
      `<Translations ${ns}><customLabels><label>Hola</label><name>X</name></customLabels></Translations>`,
      'There is no label "X".',
    ],
  ])('%s', (path, text, message) => {
    const problems = problemsOf({ [path]: text });

    expect(problems.map((problem) => problem.replace('"X__c"', '"Lead.X__c"'))).toEqual([message]);
  });

  test('a label that Apex names, but not one in a comment', () => {
    const code = 'class A { String text = Label.Missing; /* Label.Old */ } // Label.Older';
    const meta = `<ApexClass ${ns}></ApexClass>`;

    expect(problemsOf({ 'classes/A.cls': code, 'classes/A.cls-meta.xml': meta })).toEqual([
      'There is no label "Missing".',
    ]);
  });
});

describe('texts are translated', () => {
  const labels = `<CustomLabels ${ns}><labels><fullName>Next</fullName><value>Next: {0}</value></labels></CustomLabels>`;
  const spanish = (label: string) =>
    `<Translations ${ns}><customLabels><label>${label}</label><name>Next</name></customLabels></Translations>`;

  test('a label without Spanish is found', () => {
    expect(problemsOf({ 'labels/CustomLabels.labels-meta.xml': labels })).toEqual([
      'The label "Next" is not translated.',
    ]);
  });

  test('so is one whose placeholder got lost, and a whole one is not', () => {
    const files = { 'labels/CustomLabels.labels-meta.xml': labels };

    expect(problemsOf({ ...files, 'translations/es.translation-meta.xml': spanish('Siguiente') })).toEqual([
      'The label "Next" has other placeholders than its original.',
    ]);
    expect(
      problemsOf({ ...files, 'translations/es.translation-meta.xml': spanish('Siguiente: {0}') }),
    ).toEqual([]);
  });

  test('a field and each of its picklist values need a translation', () => {
    const field = `<CustomField ${ns}><fullName>X__c</fullName><valueSet><valueSetDefinition><value><fullName>One</fullName></value></valueSetDefinition></valueSet></CustomField>`;
    const files = { 'objects/Lead/fields/X__c.field-meta.xml': field };
    const path = 'objectTranslations/Lead-es/X__c.fieldTranslation-meta.xml';

    expect(problemsOf(files)).toEqual(['The translation of this field is missing.']);
    expect(
      problemsOf({
        ...files,
        [path]: `<CustomFieldTranslation ${ns}><name>X__c</name></CustomFieldTranslation>`,
      }),
    ).toEqual(['The value "One" is not translated.']);
  });
});
