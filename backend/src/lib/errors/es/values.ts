import type { valueErrors } from '../values.ts';
import { words, type ErrorWords } from './words.ts';

export const valuesWords = {
  SYNC_VALUE_INVALID: words(
    'Un valor no se puede expresar en el tipo de campo del otro sistema.',
    'El campo se dejó como estaba; los demás se sincronizaron.',
    'Corrija el valor en el registro o asigne el campo a un campo de texto.',
  ),
  SYNC_VALUE_TOO_LONG: words(
    'Un texto es más largo que el campo del otro sistema.',
    'El campo se dejó como estaba, no se cortó nada; los demás se sincronizaron.',
    'Acorte el texto o asígnelo a un campo más largo.',
  ),
  SYNC_VALUE_NOT_IN_PICKLIST: words(
    'Un valor no está entre las opciones del campo del otro sistema.',
    'El campo se dejó como estaba; los demás se sincronizaron.',
    'Agregue la opción al campo o corrija el valor.',
  ),
  SYNC_VALUE_REQUIRED: words(
    'Está vacío un campo que el otro sistema exige.',
    'El campo del otro sistema se dejó como estaba. Un registro rechazado por ello no se escribió.',
    'Rellene el campo en el registro; se vuelve a intentar cuando el registro cambie.',
  ),
  SYNC_FIELD_OSCILLATES: words(
    'Un campo se escribió de un lado a otro demasiadas veces en una hora.',
    'El campo se apartó con los dos valores; los demás siguen.',
    'Busque una automatización que cambie el campo en uno de los sistemas y después resuelva el conflicto.',
  ),
  SYNC_CONFLICT_WAITING: words(
    'Los dos sistemas cambiaron un campo de forma distinta, y su política es preguntar.',
    'Los dos valores se conservaron donde están; los demás campos siguen.',
    'Elija qué valor se queda, en la página del registro.',
  ),
  SYNC_EMAIL_MISSING: words(
    'El registro no tiene dirección de correo electrónico, que la plataforma necesita.',
    'El registro no se sincronizó y figura aquí.',
    'Escriba una dirección de correo electrónico; el registro se vuelve a intentar cuando cambie.',
  ),
  SYNC_EMAIL_INVALID: words(
    'La dirección de correo electrónico no es válida.',
    'El registro no se sincronizó y figura aquí.',
    'Corrija la dirección de correo electrónico.',
  ),
  SYNC_EMAIL_REPEATED: words(
    'Otro registro del mismo objeto ya se sincroniza con esta dirección de correo electrónico.',
    'El registro no se sincronizó, para que los dos no se sobrescriban.',
    'Combine los dos registros en Salesforce o deles direcciones distintas.',
  ),
  SYNC_PERSON_IS_CONTACT: words(
    'Esta persona ya se sincroniza como contacto.',
    'El cliente potencial se dejó como estaba.',
    'No hace falta nada; convierta el cliente potencial si debe pasar a ser el contacto.',
  ),
  SYNC_ACCOUNT_NAME_SHARED: words(
    'Otra cuenta de Salesforce con el mismo nombre está vinculada a la cuenta de la plataforma, cuyos nombres son únicos.',
    'Sus personas conservan la relación; sus propios campos no se sincronizan.',
    'Combine las cuentas o cambie el nombre de una de ellas.',
  ),
  SYNC_RECORD_GONE: words(
    'El registro se eliminó en uno de los lados.',
    'Su vínculo se detuvo; no se eliminó nada en el otro lado.',
    'Restaure el registro o elimine el otro a mano.',
  ),
} satisfies Record<keyof typeof valueErrors, ErrorWords>;
