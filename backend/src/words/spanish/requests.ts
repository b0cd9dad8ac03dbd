/** Requests that cannot be answered. */
export const requestSentences = {
  'There is no {method} at this address.': 'En esta dirección no hay ningún {method}.',
  'This is no HTTP request that can be read.': 'Esta no es una petición HTTP que se pueda leer.',
  'Some fields of the request are not as expected.': 'Algunos campos de la petición no son como se esperan.',
  'The request holds a character that cannot be stored: U+0000, or half of a surrogate pair.':
    'La petición contiene un carácter que no se puede guardar: U+0000, o la mitad de un par sustituto.',
  'Several platforms are connected: name the connectionId.':
    'Hay varias plataformas conectadas: indique el connectionId.',
  'Metrics need the METRICS_TOKEN of this installation.':
    'Las métricas necesitan el METRICS_TOKEN de esta instalación.',

  'The database does not answer.': 'La base de datos no responde.',

  'There is no such connection.': 'No existe esa conexión.',
  'There is no such dry run.': 'No existe esa simulación.',
  'There is no such run.': 'No existe esa ejecución.',
  'There is no such conflict.': 'No existe ese conflicto.',
  'There is no such live token.': 'No existe ese token en vigor.',
  'No field mapping is in use for {object}.': 'No hay ninguna asignación de campos en uso para {object}.',
  '{object} has no field “{field}”.': '{object} no tiene ningún campo “{field}”.',
  'This row cannot be used.': 'Esta fila no se puede usar.',
  'Only the mapping of Account has an accountNameField.':
    'Solo la asignación de Account tiene un accountNameField.',
  'Only a Salesforce connection has these settings.': 'Solo una conexión de Salesforce tiene estos ajustes.',
  '“{zone}” is no time zone.': '“{zone}” no es una zona horaria.',

  'A webhook is form-encoded ({type}).': 'Un webhook se envía como formulario ({type}).',
  'The webhook cannot be read.': 'El webhook no se puede leer.',
  'The webhook names neither a contact nor an account.': 'El webhook no nombra ni un contacto ni una cuenta.',
  'The body names no contact.': 'El cuerpo no nombra ningún contacto.',
  'The body is empty or no form.': 'El cuerpo está vacío o no es un formulario.',
} as const;
