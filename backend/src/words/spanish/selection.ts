/** What is wrong with a selection. A `value` stands in quotes already. */
export const selectionSentences = {
  equals: 'es igual a',
  'not equals': 'no es igual a',
  contains: 'contiene',
  'not contains': 'no contiene',
  'starts with': 'empieza por',
  'ends with': 'termina en',
  'is empty': 'está vacío',
  'is not empty': 'no está vacío',
  greater: 'es mayor que',
  'greater or equal': 'es mayor o igual que',
  less: 'es menor que',
  'less or equal': 'es menor o igual que',
  in: 'es uno de',
  'not in': 'no es ninguno de',
  includes: 'incluye',
  excludes: 'no incluye',
  'last n days': 'en los últimos días',
  'next n days': 'en los próximos días',

  'Add at least one rule, or choose another way to select.':
    'Agregue al menos una regla o elija otra forma de seleccionar.',
  'Salesforce has no field “{field}” here, or the integration user may not see it.':
    'En Salesforce no existe aquí el campo “{field}”, o el usuario de integración no lo ve.',
  'Salesforce cannot search by “{field}”.': 'Salesforce no puede buscar por “{field}”.',
  '“{field}” cannot be compared by “{operator}”, only by: {allowed}.':
    '“{field}” no se puede comparar con “{operator}”, solo con: {allowed}.',
  '“{field}” needs a value to compare with.': '“{field}” necesita un valor con el que comparar.',
  '“{field}” takes one value here.': '“{field}” admite aquí un solo valor.',
  '“{field}” is compared with {given} values; {most} are the most.':
    '“{field}” se compara con {given} valores; el máximo es {most}.',
  '“{field}” is true or false, not {value}.': '“{field}” es verdadero o falso (true o false), no {value}.',
  '{value} is not a Salesforce record id.': '{value} no es un identificador de registro de Salesforce.',
  '“{field}” needs a value; to find empty fields use “is empty”.':
    '“{field}” necesita un valor; para buscar campos vacíos use “está vacío”.',
  'The value for “{field}” has {given} characters; {most} are the most.':
    'El valor de “{field}” tiene {given} caracteres; el máximo es {most}.',
  'The value for “{field}” holds a character that Salesforce cannot search for.':
    'El valor de “{field}” contiene un carácter que Salesforce no puede buscar.',
  'Salesforce cannot search “{field}” for a part with a backslash; compare the whole value.':
    'Salesforce no puede buscar en “{field}” una parte con barra invertida; compare el valor completo.',
  '“{field}” is a number; {value} is not.': '“{field}” es un número; {value} no lo es.',
  '“{field}” holds whole numbers; {value} is not one.':
    '“{field}” contiene números enteros; {value} no lo es.',
  '{value} is larger than “{field}” can be.': '{value} es mayor de lo que admite “{field}”.',
  '“{field}” is a date; write {value} as 2026-01-31.':
    '“{field}” es una fecha; escriba {value} como 2026-01-31.',
  '“{field}” is a date and time; write {value} as 2026-01-31 or 2026-01-31T09:00:00Z.':
    '“{field}” es una fecha y hora; escriba {value} como 2026-01-31 o 2026-01-31T09:00:00Z.',
  '“{field}” needs a number of days from 1 to {most}.':
    '“{field}” necesita un número de días del 1 al {most}.',
  '“{field}” is a date and time, which a day as {days} never equals; use “greater or equal” and “less”.':
    '“{field}” es una fecha y hora, que nunca es igual a un día como {days}; use “es mayor o igual que” y “es menor que”.',
} as const;
