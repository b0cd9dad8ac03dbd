import type { requestErrors } from '../request.ts';
import { words, type ErrorWords } from './words.ts';

export const requestWords = {
  SYNC_REQUEST_INVALID: words(
    'La solicitud no tiene la forma esperada.',
    'No se cambió nada.',
    'Corrija los campos que se indican en los detalles y envíela de nuevo.',
  ),
  SYNC_BODY_TOO_LARGE: words(
    'El cuerpo de la solicitud es mayor de lo que se acepta aquí.',
    'El cuerpo no se leyó.',
    'Envíe menos en cada solicitud.',
  ),
  SYNC_MEDIA_TYPE_UNSUPPORTED: words(
    'El cuerpo de la solicitud tiene un tipo de contenido que no se acepta aquí.',
    'El cuerpo no se leyó.',
    'Envíe JSON a la API, y cuerpos codificados como formulario a las direcciones de webhooks.',
  ),
  SYNC_NOT_FOUND: words(
    'No hay nada en esta dirección, o pertenece a otra organización.',
    'No se cambió nada.',
    'Compruebe la dirección y el identificador.',
  ),
  SYNC_UNAUTHORIZED: words(
    'El token de la organización falta, es incorrecto o se revocó.',
    'No se leyó ni se cambió nada.',
    'Abra el Asistente de configuración y conecte de nuevo la organización.',
  ),
  SYNC_SETUP_UNFINISHED: words(
    'Todavía no se ha demostrado de qué organización se trata: este token solo sirve para su configuración.',
    'No se leyó ni se cambió nada.',
    'Autorice primero Salesforce en el Asistente de configuración.',
  ),
  SYNC_RATE_LIMITED: words(
    'Llegaron demasiadas solicitudes de esta organización en poco tiempo.',
    'La solicitud no se atendió.',
    'Espere el tiempo que indica Retry-After.',
  ),
  SYNC_UNAVAILABLE: words(
    'El servicio está arrancando, deteniéndose o sobrecargado.',
    'La solicitud no se atendió.',
    'Vuelva a intentarlo en unos segundos.',
  ),
  SYNC_INTERNAL: words(
    'Algo falló dentro del servicio.',
    'Los detalles están en el registro, con el identificador de la solicitud.',
    'Vuelva a intentarlo; si persiste, comunique el identificador de la solicitud.',
  ),
} satisfies Record<keyof typeof requestErrors, ErrorWords>;
