import type { platformErrors } from '../platform.ts';
import { words, type ErrorWords } from './words.ts';

export const platformWords = {
  SYNC_PLATFORM_UNAUTHORIZED: words(
    'La plataforma no acepta la clave.',
    'La sincronización se pausó; no se pierde nada.',
    'Copie de nuevo la clave de la API de los ajustes de desarrollador de la plataforma.',
  ),
  SYNC_PLATFORM_PAYMENT_DUE: words(
    'La plataforma no atiende a la cuenta porque hay un pago pendiente.',
    'La sincronización se pausó; no se pierde nada.',
    'Regularice el pago en la facturación de la plataforma; el siguiente lote continúa por sí solo.',
  ),
  SYNC_PLATFORM_UNREACHABLE: words(
    'La plataforma no respondió.',
    'El trabajo queda en cola y se vuelve a intentar.',
    'Compruebe el nombre de la cuenta; si es correcto, no hace falta nada más.',
  ),
  SYNC_PLATFORM_UNAVAILABLE: words(
    'La plataforma respondió con un error de servidor.',
    'El trabajo queda en cola y se vuelve a intentar.',
    'No hace falta nada.',
  ),
  SYNC_PLATFORM_RATE_LIMITED: words(
    'Se alcanzó el límite de llamadas de la plataforma.',
    'La sincronización espera el tiempo que pide la plataforma.',
    'No hace falta nada; puede que otra integración use la misma cuenta.',
  ),
  SYNC_PLATFORM_FORBIDDEN: words(
    'El usuario de la clave no puede hacer esto, o el plan no lo incluye.',
    'El elemento se omitió y se vuelve a intentar.',
    'Use la clave de un administrador o un plan con esta función.',
  ),
  SYNC_PLATFORM_ACCOUNTS_MISSING: words(
    'El plan de la plataforma no tiene cuentas, o el usuario de la clave no puede verlas.',
    'Las personas se sincronizan sin sus cuentas.',
    'En el paso 2 del Asistente de configuración, elija el campo de contacto que guarda el nombre de la cuenta, o desactive las cuentas; asigne la compañía de los candidatos a un campo, o quite su fila.',
  ),
  SYNC_PLATFORM_REFUSED: words(
    'La plataforma rechazó el registro.',
    'El registro se dejó como está.',
    'Lea el mensaje de la plataforma que aparece al lado.',
  ),
  SYNC_PLATFORM_TAGS_REFUSED: words(
    'La plataforma no permite a la sincronización buscar sus etiquetas ni añadir una.',
    'Las personas se sincronizan; las etiquetas que dicen de dónde vinieron se añaden en cuanto lo permita.',
    'Permita al usuario de la clave ver y gestionar etiquetas en la plataforma, o use la clave de un administrador.',
  ),
  SYNC_PLATFORM_FIELD_UNKNOWN: words(
    'Un campo asignado de la plataforma ya no existe.',
    'El campo se omite; los demás siguen.',
    'Quite o cambie la asignación.',
  ),
  SYNC_PLATFORM_CONTACT_MOVED: words(
    'La dirección de correo del contacto cambió en la plataforma en el momento de escribir, y lo escrito llegó a otro contacto.',
    'La pareja se dejó como estaba y se escribe de nuevo con la dirección nueva.',
    'Si apareció un segundo contacto con la dirección anterior, combínelo o elimínelo en la plataforma.',
  ),
  SYNC_PLATFORM_WRITE_OVERTAKEN: words(
    'El registro cambió cuando se iba a escribir su contacto, y otro lote lo vio.',
    'No se escribió nada; primero se combina lo que ahora tienen los dos lados.',
    'No hace falta nada.',
  ),
  SYNC_PLATFORM_EMAIL_TAKEN: words(
    'Otro contacto de la plataforma ya tiene esta dirección de correo electrónico.',
    'La dirección no se cambió.',
    'Combine los dos contactos en la plataforma.',
  ),
  SYNC_PLATFORM_NAME_TAKEN: words(
    'Otra cuenta de la plataforma ya tiene este nombre.',
    'El nombre no se cambió.',
    'Dé a las cuentas nombres distintos o combínelas.',
  ),
  SYNC_PLATFORM_ANSWER_UNEXPECTED: words(
    'La plataforma respondió de una forma desconocida.',
    'No se tomó nada de la respuesta; el trabajo se vuelve a intentar.',
    'Comuníquelo con el identificador de la solicitud.',
  ),
  SYNC_HOST_NOT_ALLOWED: words(
    'No se pueden enviar credenciales a esta dirección.',
    'No se envió nada.',
    'Escriba la dirección propia de la cuenta, por ejemplo sunombre.api-us1.com.',
  ),
} satisfies Record<keyof typeof platformErrors, ErrorWords>;
