import type { SelectionWords } from './selection-words.ts';

export const selectionSpanish: SelectionWords = {
  operators: {
    equals: 'es igual a',
    not_equals: 'no es igual a',
    contains: 'contiene',
    not_contains: 'no contiene',
    starts_with: 'empieza por',
    ends_with: 'termina en',
    is_empty: 'está vacío',
    is_not_empty: 'no está vacío',
    greater: 'es mayor que',
    greater_or_equal: 'es mayor o igual que',
    less: 'es menor que',
    less_or_equal: 'es menor o igual que',
    in: 'es uno de',
    not_in: 'no es ninguno de',
    includes: 'incluye',
    excludes: 'no incluye',
    last_n_days: 'en los últimos días',
    next_n_days: 'en los próximos días',
  },
  noRules: 'Agregue al menos una regla o elija otra forma de seleccionar.',
  fieldUnknown: (name) =>
    `En Salesforce no existe aquí el campo “${name}”, o el usuario de integración no lo ve.`,
  notSearchable: (field) => `Salesforce no puede buscar por “${field}”.`,
  operatorUnfit: (field, operator, allowed) =>
    `“${field}” no se puede comparar con “${operator}”, solo con: ${allowed.join(', ')}.`,
  valueMissing: (field) => `“${field}” necesita un valor con el que comparar.`,
  oneValue: (field) => `“${field}” admite aquí un solo valor.`,
  tooManyValues: (field, given, most) => `“${field}” se compara con ${given} valores; el máximo es ${most}.`,
  notBoolean: (field, value) => `“${field}” es verdadero o falso (true o false), no ${value}.`,
  notId: (value) => `${value} no es un identificador de registro de Salesforce.`,
  blankText: (field) => `“${field}” necesita un valor; para buscar campos vacíos use “está vacío”.`,
  tooLong: (field, given, most) => `El valor de “${field}” tiene ${given} caracteres; el máximo es ${most}.`,
  unsearchableText: (field) => `El valor de “${field}” contiene un carácter que Salesforce no puede buscar.`,
  backslash: (field) =>
    `Salesforce no puede buscar en “${field}” una parte con barra invertida; compare el valor completo.`,
  notNumber: (field, value) => `“${field}” es un número; ${value} no lo es.`,
  notWhole: (field, value) => `“${field}” contiene números enteros; ${value} no lo es.`,
  tooLarge: (field, value) => `${value} es mayor de lo que admite “${field}”.`,
  notDate: (field, value) => `“${field}” es una fecha; escriba ${value} como 2026-01-31.`,
  notTime: (field, value) =>
    `“${field}” es una fecha y hora; escriba ${value} como 2026-01-31 o 2026-01-31T09:00:00Z.`,
  notDays: (field, most) => `“${field}” necesita un número de días del 1 al ${most}.`,
  dayOfTime: (field, days) =>
    `“${field}” es una fecha y hora, que nunca es igual a un día como ${days.join(', ')}; ` +
    'use “es mayor o igual que” y “es menor que”.',
};
