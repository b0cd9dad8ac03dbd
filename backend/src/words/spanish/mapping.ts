/** Why two fields do not go together, what a pair of fields loses, and what is wrong with a mapping. */
export const mappingSentences = {
  'a checkbox': 'una casilla de verificación',
  'a currency field': 'un campo de divisa',
  'a date': 'una fecha',
  'an email field': 'un campo de correo electrónico',
  'a number': 'un número',
  'a picklist': 'una lista de selección',
  'a text field': 'un campo de texto',
  'a URL field': 'un campo de URL',
  'a percent field': 'un campo de porcentaje',
  'a phone field': 'un campo de teléfono',
  'an encrypted text field': 'un campo de texto cifrado',
  'a multi-select picklist': 'una lista de selección múltiple',
  'a text area': 'un área de texto',
  'a long or rich text area': 'un área de texto largo o enriquecido',
  'a formula': 'una fórmula',
  'a formula that yields true or false': 'una fórmula que da verdadero o falso',

  'text input': 'entrada de texto',
  'text area': 'área de texto',
  'hidden field': 'campo oculto',
  'drop-down': 'lista desplegable',
  'radio button': 'botón de opción',
  'check box': 'casilla de verificación',
  'list box': 'cuadro de lista',
  date: 'fecha',
  'date and time': 'fecha y hora',
  'currency field': 'campo de divisa',
  'number field': 'campo numérico',
  'email field': 'campo de correo electrónico',
  'phone field': 'campo de teléfono',

  '“{field}” is a date and time, which the platform would show in another time zone; map a date field instead.':
    '“{field}” es una fecha y hora, que la plataforma mostraría en otra zona horaria; asigne en su lugar un campo de fecha.',
  '“{field}” is a time of day, for which the platform has no field.':
    '“{field}” es una hora del día, para la que la plataforma no tiene ningún campo.',
  '“{field}” is a lookup to another record; map a formula that yields that record’s name instead.':
    '“{field}” es una búsqueda de otro registro; asigne en su lugar una fórmula que dé el nombre de ese registro.',
  '“{field}” is a geolocation; map its latitude and longitude as two number fields instead.':
    '“{field}” es una geolocalización; asigne en su lugar la latitud y la longitud como dos campos numéricos.',
  '“{field}” is an address made of several fields; map street, city, postal code and country one by one.':
    '“{field}” es una dirección formada por varios campos; asigne uno por uno la calle, la ciudad, el código postal y el país.',
  '“{field}” is a record id, which is kept by the link itself and never mapped.':
    '“{field}” es un identificador de registro, que guarda el propio vínculo y nunca se asigna.',
  '“{field}” holds a file, which cannot be synced.':
    '“{field}” contiene un archivo, que no se puede sincronizar.',
  '“{field}” has the Salesforce type “{type}”, which cannot be synced.':
    '“{field}” es del tipo “{type}” de Salesforce, que no se puede sincronizar.',
  '“{field}” is numbered by Salesforce itself; map a formula that repeats it instead.':
    '“{field}” lo numera el propio Salesforce; asigne en su lugar una fórmula que lo repita.',

  '“{field}” belongs to deals; deal fields are not synced.':
    '“{field}” pertenece a las transacciones; los campos de transacción no se sincronizan.',
  '“{field}” is the platform’s email address; only a Salesforce email field can be mapped to it.':
    '“{field}” es la dirección de correo de la plataforma; solo se le puede asignar un campo de correo electrónico de Salesforce.',
  '“{salesforce}” is {kind} and can be mapped to: {allowed}. “{platform}” is a {type}.':
    '“{salesforce}” es {kind} y se puede asignar a: {allowed}. “{platform}” es de otro tipo: {type}.',
  'The check box “{field}” must have “true” (in lower case) as its one option, because a Salesforce checkbox knows only ticked or not.':
    'La casilla “{field}” debe tener “true” (en minúsculas) como única opción, porque una casilla de verificación de Salesforce solo distingue entre marcada y no marcada.',
  '“{field}” is a formula; last name, email address and account name cannot be filled by formulas.':
    '“{field}” es una fórmula; los apellidos, la dirección de correo y el nombre de la cuenta no se pueden rellenar con fórmulas.',
  '“{field}” cannot hold an account’s name; choose a custom field for text.':
    '“{field}” no puede contener el nombre de una cuenta; elija un campo personalizado de texto.',

  'Formulas go to the platform only. A formula’s new value travels with the next change of its record.':
    'Las fórmulas solo van hacia la plataforma. El nuevo valor de una fórmula viaja con el siguiente cambio de su registro.',
  '“{field}” can only be read in Salesforce, so it goes to the platform only.':
    '“{field}” es de solo lectura en Salesforce, así que solo va hacia la plataforma.',
  'The two fields have different options; a value that the other side lacks is reported and not synced.':
    'Los dos campos tienen opciones distintas; un valor que falte en el otro lado se notifica y no se sincroniza.',
  '“{field}” takes only its own options; any other value is reported and not synced.':
    '“{field}” solo admite sus propias opciones; cualquier otro valor se notifica y no se sincroniza.',
  'Only texts that hold a date, such as 2026-01-31, are synced from “{field}”.':
    'De “{field}” solo se sincronizan los textos que contienen una fecha, por ejemplo 2026-01-31.',
  'Numbers from “{field}” may have separators and currency signs; they are rounded to {scale} decimals. Texts that are no number are reported and not synced.':
    'Los números de “{field}” pueden llevar separadores y símbolos de moneda; se redondean a {scale} decimales. Los textos que no son números se notifican y no se sincronizan.',
  '“{field}” is a restricted picklist; any other value is reported and not synced.':
    '“{field}” es una lista de selección restringida; cualquier otro valor se notifica y no se sincroniza.',

  'Salesforce has no field “{field}” on Lead, or the integration user may not see it.':
    'En Salesforce no existe el campo “{field}” del cliente potencial, o el usuario de integración no lo ve.',
  'Salesforce has no field “{field}” on Contact, or the integration user may not see it.':
    'En Salesforce no existe el campo “{field}” del contacto, o el usuario de integración no lo ve.',
  'Salesforce has no field “{field}” on Account, or the integration user may not see it.':
    'En Salesforce no existe el campo “{field}” de la cuenta, o el usuario de integración no lo ve.',
  'The platform has no field “{field}”; it may have been deleted there.':
    'En la plataforma no existe el campo “{field}”; puede que se haya eliminado allí.',
  '“{field}” cannot be written in Salesforce; map it one way, to the platform.':
    'En “{field}” no se puede escribir en Salesforce; asígnelo en un solo sentido, hacia la plataforma.',
  '“{field}” holds a person’s consent: its conflicts are always decided for the opt-out.':
    '“{field}” contiene el consentimiento de una persona: sus conflictos se deciden siempre a favor de la baja.',
  'The platform field “{field}” is mapped twice; each can be mapped once per object.':
    'El campo “{field}” de la plataforma está asignado dos veces; cada uno se puede asignar una vez por objeto.',
  '“{field}” already takes values from another platform field; map it one way, to the platform, here.':
    '“{field}” ya recibe valores de otro campo de la plataforma; asígnelo aquí en un solo sentido, hacia la plataforma.',
  'Accounts are known by their name: map Account Name.':
    'Las cuentas se conocen por su nombre: asigne el nombre de la cuenta.',
  'The platform knows people by their email address: map an email field of Lead to it. Until then Lead records are not synced.':
    'La plataforma conoce a las personas por su dirección de correo: asígnele un campo de correo electrónico del cliente potencial. Hasta entonces no se sincronizan los clientes potenciales.',
  'The platform knows people by their email address: map an email field of Contact to it. Until then Contact records are not synced.':
    'La plataforma conoce a las personas por su dirección de correo: asígnele un campo de correo electrónico del contacto. Hasta entonces no se sincronizan los contactos.',
  'Lead needs “{field}”, which takes no values from the platform: a Lead created from there would lack it.':
    'El campo “{field}” del cliente potencial es obligatorio y no recibe valores de la plataforma: a un registro creado desde allí le faltaría.',
  'Contact needs “{field}”, which takes no values from the platform: a Contact created from there would lack it.':
    'El campo “{field}” del contacto es obligatorio y no recibe valores de la plataforma: a un registro creado desde allí le faltaría.',
  'The platform has accounts, so a Contact’s account is related there; no contact field holds its name.':
    'La plataforma tiene cuentas, así que la cuenta de un contacto se relaciona allí; ningún campo de contacto contiene su nombre.',
  'The platform’s plan has no accounts: choose the contact field that holds the Account Name, or switch accounts off.':
    'El plan de la plataforma no tiene cuentas: elija el campo de contacto que contiene el nombre de la cuenta, o desactive las cuentas.',
  'The platform’s plan has no accounts: “{field}” goes nowhere; map it to another field, or remove the row.':
    'El plan de la plataforma no tiene cuentas: “{field}” no llega a ninguna parte; asígnelo a otro campo, o quite la fila.',
} as const;
