/** Values that a field of the other side cannot hold, or that are none of their own field. */
export const valueSentences = {
  '{value} is outside the dates that Salesforce keeps: {earliest} to {latest}.':
    '{value} está fuera de las fechas que guarda Salesforce: del {earliest} al {latest}.',
  '{value} in “{field}” is not a date; write it as 2026-01-31.':
    '{value}, en “{field}”, no es una fecha; escríbala como 2026-01-31.',
  '“{field}” takes one text, but the value is {value}.':
    '“{field}” admite un texto, pero el valor es {value}.',
  '“{field}” takes one text, but the value is a list: {value}.':
    '“{field}” admite un texto, pero el valor es una lista: {value}.',
  '{value} in “{field}” is neither ticked nor empty.':
    '{value}, en “{field}”, no es ni una casilla marcada ni vacía.',
  '{value} is the mask of “{field}”; the integration user needs the permission View Encrypted Data.':
    '{value} es la máscara de “{field}”; el usuario de integración necesita el permiso Ver datos cifrados.',
  '{value} has {length} characters; “{field}” in Salesforce takes {most}.':
    '{value} tiene {length} caracteres; “{field}”, en Salesforce, admite {most}.',
  '“{field}” in Salesforce must not be empty.': '“{field}”, en Salesforce, no puede quedar vacío.',
  '“{field}” on the platform must not be empty.': '“{field}”, en la plataforma, no puede quedar vacío.',
  '{value} cannot be chosen: “{field}” has no options.':
    '{value} no se puede elegir: “{field}” no tiene opciones.',
  '{value} is not an option of “{field}”; it has: {options}.':
    '{value} no es una opción de “{field}”; las opciones son: {options}.',
  '{options} and {count} more': '{options} y {count} más',
  '“{field}” takes a text, not {value}.': '“{field}” admite un texto, no {value}.',
  '{value} in “{field}” is not a list of options.': '{value}, en “{field}”, no es una lista de opciones.',
  '{value} holds a semicolon, which parts the options of “{field}” in Salesforce.':
    '{value} contiene un punto y coma, que separa las opciones de “{field}” en Salesforce.',
  '{value} holds a bar, which parts the options of “{field}” on the platform.':
    '{value} contiene una barra vertical, que separa las opciones de “{field}” en la plataforma.',
  '“{field}” takes a list of options, not {value}.': '“{field}” admite una lista de opciones, no {value}.',
  '{value} is not an email address, which “{field}” takes.':
    '{value} no es una dirección de correo electrónico, que es lo que admite “{field}”.',
  '{value} is not a value of “{field}”.': '{value} no es un valor de “{field}”.',
  '{value} in “{field}” is not a number.': '{value}, en “{field}”, no es un número.',
  '{value} for “{field}” is not a number.': '{value}, para “{field}”, no es un número.',
  '{value} is outside what “{field}” in Salesforce takes: up to {most}.':
    '{value} está fuera de lo que admite “{field}” en Salesforce: como máximo {most}.',
  '{value} has more digits than the 15 that “{field}” in Salesforce keeps exactly.':
    '{value} tiene más cifras que las 15 que “{field}” guarda con exactitud en Salesforce.',
  '“{field}” is a formula and cannot be written.': '“{field}” es una fórmula y no se puede escribir.',
} as const;
