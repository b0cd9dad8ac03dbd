import type { Accessor, Member, TypeDeclaration } from '../syntax/ast.ts';
import { parseClass, parseTrigger } from '../syntax/parse.ts';
import { ApexSourceError } from '../syntax/source.ts';
import { ClassInfo } from './class-info.ts';
import type { FieldInfo, MethodInfo } from './class-info.ts';
import type { NativeType } from './native.ts';
import type { Program } from './program.ts';
import { Type, VOID } from './type.ts';

/** One file of `classes` or `triggers`. */
export interface ApexSource {
  /** As messages show it: `classes/Foo.cls`. */
  readonly file: string;
  readonly text: string;
  /** From its `-meta.xml`: since 67.0 data is read and written in user mode. */
  readonly apiVersion: number;
}

const PLATFORM_INTERFACES = [
  'interface Queueable { void execute(QueueableContext context); }',
  'interface Schedulable { void execute(SchedulableContext context); }',
  'interface HttpCalloutMock { HttpResponse respond(HttpRequest request); }',
  'interface Comparable { Integer compareTo(Object other); }',
  'interface Comparator { Integer compare(Object one, Object other); }',
  'interface Callable { Object call(String action, Map<String, Object> args); }',
  'interface Finalizer { void execute(FinalizerContext context); }',
  'interface InstallHandler { void onInstall(InstallContext context); }',
  'interface UninstallHandler { void onUninstall(UninstallContext context); }',
];

/** The key of the interface without which a queueable may not call out. */
export const ALLOWS_CALLOUTS = 'database.allowscallouts';

/** Built-in exceptions that the package may catch, throw or extend. */
const EXCEPTIONS =
  'AsyncException AuraHandledException CalloutException ConnectApiException DmlException DuplicateMessageException FinalException HandledException IllegalArgumentException InvalidParameterValueException JSONException LimitException ListException MathException NoAccessException NoDataFoundException NoSuchElementException NullPointerException QueryException RequiredFeatureMissingException SecurityException SerializationException SObjectException StringException TypeException UnexpectedException UnsupportedOperationException XmlException'.split(
    ' ',
  );

interface Origin {
  readonly file: string;
  readonly apiVersion: number;
  readonly isOwn: boolean;
}

const PLATFORM: Origin = { file: 'platform', apiVersion: 67, isOwn: false };

/**
 * Loads the platform's classes and the package's own into a program.
 * @throws ApexSourceError where a source is no Apex or names unknown types.
 */
export function loadSources(program: Program, sources: readonly ApexSource[], exception: NativeType): void {
  const loaded: ClassInfo[] = [];
  const declare = (declaration: TypeDeclaration, origin: Origin, outer?: ClassInfo): ClassInfo => {
    const info = new ClassInfo(declaration, { ...origin, outer });
    info.type = new Type('class', info.name, { class: info });
    if (outer === undefined) program.classes.set(declaration.name.toLowerCase(), info);
    else outer.inner.set(declaration.name.toLowerCase(), info);
    loaded.push(info);
    for (const member of declaration.members) {
      if (member.kind === 'type') declare(member.declaration, origin, info);
    }
    return info;
  };
  for (const text of PLATFORM_INTERFACES) declare(parseClass('platform', text), PLATFORM);
  const callouts = declare(parseClass('platform', 'interface AllowsCallouts { }'), PLATFORM);
  program.classes.set(ALLOWS_CALLOUTS, callouts);
  declare(parseClass('platform', 'virtual class Exception {}'), PLATFORM).native = exception;
  for (const name of EXCEPTIONS) {
    declare(parseClass('platform', `virtual class ${name} extends Exception {}`), PLATFORM);
  }
  for (const { file, text, apiVersion } of sources) {
    const origin = { file, apiVersion, isOwn: true };
    if (!file.endsWith('.trigger')) declare(parseClass(file, text), origin);
    else loadTrigger(program, file, text, (declaration) => declare(declaration, origin));
  }
  for (const info of loaded) link(program, info);
  for (const info of loaded) for (const member of info.declaration.members) addMember(program, info, member);
}

function loadTrigger(
  program: Program,
  file: string,
  text: string,
  declare: (declaration: TypeDeclaration) => ClassInfo,
): void {
  const declaration = parseTrigger(file, text);
  const modifiers = { words: new Set(['public']), annotations: new Map<string, string>() };
  const { line } = declaration;
  const body: Member = {
    kind: 'method',
    name: '<body>',
    modifiers: { ...modifiers, words: new Set(['static']) },
    returns: { name: 'void', args: [], line },
    parameters: [],
    body: declaration.body,
    line,
  };
  const info = declare({
    kind: 'class',
    name: `trigger ${declaration.name}`,
    modifiers,
    extends: undefined,
    interfaces: [],
    constants: [],
    members: [...declaration.members, body],
    line,
  });
  program.triggers.push({ declaration, class: info });
}

/** Resolves what a class extends and implements. */
function link(program: Program, info: ClassInfo): void {
  const { declaration, file } = info;
  const scope = info.outer ?? info;
  if (declaration.extends !== undefined) {
    const parent = program.resolve(declaration.extends, scope, file);
    if (parent.class === undefined) {
      throw new ApexSourceError(`Class cannot extend ${parent.name}`, { file, line: declaration.line });
    }
    info.parent = parent.class;
  }
  info.interfaces = declaration.interfaces.map((node) => program.resolve(node, scope, file));
}

function addMember(program: Program, info: ClassInfo, member: Member): void {
  const { file } = info;
  const isStatic = member.modifiers.words.has('static');
  const { modifiers, line } = member;
  const common = { owner: info, modifiers, line };
  switch (member.kind) {
    case 'field': {
      const type = program.resolve(member.type, info, file);
      for (const { name, init, line: at } of member.declarators) {
        const isFinal = modifiers.words.has('final');
        const field: FieldInfo = {
          ...common,
          name,
          type,
          isStatic,
          isFinal,
          init,
          getter: undefined,
          setter: undefined,
          line: at,
        };
        info.fields.set(name.toLowerCase(), field);
        (isStatic ? info.staticInit : info.instanceInit).push({ kind: 'field', field });
      }
      return;
    }
    case 'property': {
      const type = program.resolve(member.type, info, file);
      const accessor = (
        part: Accessor | undefined,
        name: string,
        setting: boolean,
      ): MethodInfo | undefined =>
        part?.body === undefined
          ? undefined
          : {
              ...common,
              name,
              parameters: setting ? [{ name: 'value', type }] : [],
              returns: setting ? VOID : type,
              isStatic,
              body: part.body,
              line: part.line,
            };
      const field: FieldInfo = {
        ...common,
        name: member.name,
        type,
        isStatic,
        isFinal: false,
        init: undefined,
        getter: accessor(member.getter, `${member.name}.get`, false),
        setter: accessor(member.setter, `${member.name}.set`, true),
      };
      info.fields.set(member.name.toLowerCase(), field);
      (isStatic ? info.staticInit : info.instanceInit).push({ kind: 'field', field });
      return;
    }
    case 'method': {
      const parameters = member.parameters.map(({ name, type }) => ({
        name,
        type: program.resolve(type, info, file),
      }));
      const { body, returns } = member;
      if (returns === undefined) {
        info.constructors.push({
          ...common,
          name: '<init>',
          parameters,
          returns: VOID,
          isStatic: false,
          body,
        });
        return;
      }
      const type = program.resolve(returns, info, file);
      const method = { ...common, name: member.name, parameters, returns: type, isStatic, body };
      const key = member.name.toLowerCase();
      info.methods.set(key, [...(info.methods.get(key) ?? []), method]);
      return;
    }
    case 'initializer': {
      const name = member.isStatic ? '<clinit>' : '<init>';
      const method: MethodInfo = {
        ...common,
        name,
        parameters: [],
        returns: VOID,
        isStatic: member.isStatic,
        body: member.body,
      };
      (member.isStatic ? info.staticInit : info.instanceInit).push({ kind: 'block', method });
      return;
    }
    case 'type':
  }
}
