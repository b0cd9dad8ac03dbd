import type { SalesforceObject } from '../types.ts';
import type { MappingWords } from './mapping-words.ts';

const ofObject: Readonly<Record<SalesforceObject, string>> = {
  Lead: 'del cliente potencial',
  Contact: 'del contacto',
  Account: 'de la cuenta',
};
const records: Readonly<Record<SalesforceObject, string>> = {
  Lead: 'los clientes potenciales',
  Contact: 'los contactos',
  Account: 'las cuentas',
};

export const mappingSpanish: MappingWords = {
  salesforceKinds: {
    checkbox: 'una casilla de verificación',
    currency: 'un campo de divisa',
    date: 'una fecha',
    email: 'un campo de correo electrónico',
    number: 'un número',
    picklist: 'una lista de selección',
    text: 'un campo de texto',
    url: 'un campo de URL',
    percent: 'un campo de porcentaje',
    phone: 'un campo de teléfono',
    encrypted: 'un campo de texto cifrado',
    multiselect: 'una lista de selección múltiple',
    textarea: 'un área de texto',
    longTextarea: 'un área de texto largo o enriquecido',
    formula: 'una fórmula',
    booleanFormula: 'una fórmula que da verdadero o falso',
  },
  platformTypes: {
    text: 'entrada de texto',
    textarea: 'área de texto',
    hidden: 'campo oculto',
    dropdown: 'lista desplegable',
    radio: 'botón de opción',
    checkbox: 'casilla de verificación',
    listbox: 'cuadro de lista',
    date: 'fecha',
    datetime: 'fecha y hora',
    currency: 'campo de divisa',
    number: 'campo numérico',
    email: 'campo de correo electrónico',
    phone: 'campo de teléfono',
  },
  unsupported: {
    datetime:
      'es una fecha y hora, que la plataforma mostraría en otra zona horaria; asigne en su lugar un campo de fecha',
    time: 'es una hora del día, para la que la plataforma no tiene ningún campo',
    reference:
      'es una búsqueda de otro registro; asigne en su lugar una fórmula que dé el nombre de ese registro',
    location: 'es una geolocalización; asigne en su lugar la latitud y la longitud como dos campos numéricos',
    address:
      'es una dirección formada por varios campos; asigne uno por uno la calle, la ciudad, el código postal y el país',
    id: 'es un identificador de registro, que guarda el propio vínculo y nunca se asigna',
    base64: 'contiene un archivo, que no se puede sincronizar',
  },
  unsupportedType: (type) => `es del tipo “${type}” de Salesforce, que no se puede sincronizar`,
  autoNumber: 'lo numera el propio Salesforce; asigne en su lugar una fórmula que lo repita',
  isUnsupported: (salesforce, reason) => `“${salesforce}” ${reason}.`,

  deal: (platform) =>
    `“${platform}” pertenece a las transacciones; los campos de transacción no se sincronizan.`,
  emailOnly: (platform) =>
    `“${platform}” es la dirección de correo de la plataforma; solo se le puede asignar un campo de correo electrónico de Salesforce.`,
  kindsDiffer: ({ salesforce, kind, allowed, platform, type }) =>
    `“${salesforce}” es ${kind} y se puede asignar a: ${allowed.join(', ')}. “${platform}” es de otro tipo: ${type}.`,
  checkboxOption: (platform) =>
    `La casilla “${platform}” debe tener “true” (en minúsculas) como única opción, porque una casilla de ` +
    'verificación de Salesforce solo distingue entre marcada y no marcada.',
  formulaForIdentity: (salesforce) =>
    `“${salesforce}” es una fórmula; los apellidos, la dirección de correo y el nombre de la cuenta no se pueden rellenar con fórmulas.`,
  notForAccountName: (platform) =>
    `“${platform}” no puede contener el nombre de una cuenta; elija un campo personalizado de texto.`,

  formulaNote:
    'Las fórmulas solo van hacia la plataforma. El nuevo valor de una fórmula viaja con el siguiente cambio de su registro.',
  readOnlyNote: (salesforce) =>
    `“${salesforce}” es de solo lectura en Salesforce, así que solo va hacia la plataforma.`,
  optionsNote:
    'Los dos campos tienen opciones distintas; un valor que falte en el otro lado se notifica y no se sincroniza.',
  choiceNote: (platform) =>
    `“${platform}” solo admite sus propias opciones; cualquier otro valor se notifica y no se sincroniza.`,
  dateNote: (salesforce) =>
    `De “${salesforce}” solo se sincronizan los textos que contienen una fecha, por ejemplo 2026-01-31.`,
  numberNote: (platform, scale) =>
    `Los números de “${platform}” pueden llevar separadores y símbolos de moneda; se redondean a ${scale} ` +
    'decimales. Los textos que no son números se notifican y no se sincronizan.',
  restrictedNote: (salesforce) =>
    `“${salesforce}” es una lista de selección restringida; cualquier otro valor se notifica y no se sincroniza.`,

  salesforceFieldUnknown: (field, object) =>
    `En Salesforce no existe el campo “${field}” ${ofObject[object]}, o el usuario de integración no lo ve.`,
  platformFieldUnknown: (field) =>
    `En la plataforma no existe el campo “${field}”; puede que se haya eliminado allí.`,
  notWritable: (salesforce) =>
    `En “${salesforce}” no se puede escribir en Salesforce; asígnelo en un solo sentido, hacia la plataforma.`,
  consent: (salesforce) =>
    `“${salesforce}” contiene el consentimiento de una persona: sus conflictos se deciden siempre a favor de la baja.`,
  platformFieldRepeated: (field) =>
    `El campo “${field}” de la plataforma está asignado dos veces; cada uno se puede asignar una vez por objeto.`,
  salesforceFieldRepeated: (field) =>
    `“${field}” ya recibe valores de otro campo de la plataforma; asígnelo aquí en un solo sentido, hacia la plataforma.`,
  accountNameMissing: 'Las cuentas se conocen por su nombre: asigne el nombre de la cuenta.',
  emailMissing: (object) =>
    `La plataforma conoce a las personas por su dirección de correo: asígnele un campo de correo electrónico ${ofObject[object]}. ` +
    `Hasta entonces no se sincronizan ${records[object]}.`,
  requiredUnmapped: (object, field) =>
    `El campo “${field}” ${ofObject[object]} es obligatorio y no recibe valores de la plataforma: a un registro creado desde allí le faltaría.`,
  accountsAvailable:
    'La plataforma tiene cuentas, así que la cuenta de un contacto se relaciona allí; ningún campo de contacto contiene su nombre.',
  accountsUnavailable:
    'El plan de la plataforma no tiene cuentas: elija el campo de contacto que contiene el nombre de la cuenta, o desactive las cuentas.',
  rowWaitsForAccounts: (field) =>
    `El plan de la plataforma no tiene cuentas: “${field}” no llega a ninguna parte; asígnelo a otro campo, o quite la fila.`,
};
