/** Connecting to the two systems, and calls that they did not answer as they should. */
export const connectingSentences = {
  'Salesforce is not connected yet.': 'Salesforce todavía no está conectado.',
  'The platform is not connected.': 'La plataforma no está conectada.',
  'No platform is connected yet.': 'Todavía no hay ninguna plataforma conectada.',
  'There is no ActiveCampaign account at this address.':
    'En esta dirección no hay ninguna cuenta de ActiveCampaign.',
  'ActiveCampaign did not answer: {reason}': 'ActiveCampaign no respondió: {reason}',
  'ActiveCampaign’s answer has no known form ({what}).':
    'La respuesta de ActiveCampaign no tiene ninguna forma conocida ({what}).',
  'Salesforce did not answer: {reason}': 'Salesforce no respondió: {reason}',
  'Salesforce’s answer has no known form ({what}).':
    'La respuesta de Salesforce no tiene ninguna forma conocida ({what}).',
  'No answer within {ms} ms.': 'No hubo respuesta en {ms} ms.',

  'Salesforce’s login did not answer: {reason}': 'El inicio de sesión de Salesforce no respondió: {reason}',
  'Salesforce’s login answered with status {status}.':
    'El inicio de sesión de Salesforce respondió con el estado {status}.',
  'Salesforce’s login answered in an unknown form.':
    'El inicio de sesión de Salesforce respondió de una forma desconocida.',
  'Salesforce’s login: {reason}': 'Inicio de sesión de Salesforce: {reason}',
  'the login leads to another org': 'el inicio de sesión lleva a otra organización',
  'the org was authorized for another app than this service has now':
    'la organización se autorizó para otra aplicación que la que este servicio tiene ahora',
  'the password has expired': 'la contraseña ha caducado',
  'Salesforce refused the token that it has just issued.': 'Salesforce rechazó el token que acaba de emitir.',
  'Salesforce gave no refresh token: the app lacks the scope refresh_token.':
    'Salesforce no dio ningún token de actualización: a la aplicación le falta el ámbito refresh_token.',
  'The private key is not an RSA key of 2048 bits or more in PEM form.':
    'La clave privada no es una clave RSA de 2048 bits o más en formato PEM.',
  'This is no place to go on reading from.': 'Este no es un punto desde el que se pueda seguir leyendo.',

  'The address is not a valid URL.': 'La dirección no es una URL válida.',
  'The path leads to another host.': 'La ruta lleva a otro servidor.',
  'The host name leads into a private network.': 'El nombre del servidor lleva a una red privada.',
  'Credentials are not sent to an address with a user name in it.':
    'Las credenciales no se envían a una dirección que contiene un nombre de usuario.',
  'Credentials are not sent to the scheme {scheme}.': 'Las credenciales no se envían al esquema {scheme}.',
  'Credentials are not sent to the port {port}.': 'Las credenciales no se envían al puerto {port}.',
  'Credentials are not sent to this host.': 'Las credenciales no se envían a este servidor.',
} as const;
