import type { salesforceErrors } from '../salesforce.ts';
import { words, type ErrorWords } from './words.ts';

export const salesforceWords = {
  SYNC_SALESFORCE_UNAUTHORIZED: words(
    'Salesforce ya no acepta la conexión.',
    'La sincronización se pausó; no se pierde nada.',
    'Autorice de nuevo Salesforce en el Asistente de configuración.',
  ),
  SYNC_SALESFORCE_UNREACHABLE: words(
    'Salesforce no respondió.',
    'El trabajo queda en cola y se vuelve a intentar.',
    'Consulte status.salesforce.com; no hace falta nada más.',
  ),
  SYNC_SALESFORCE_UNAVAILABLE: words(
    'Salesforce respondió que no está disponible.',
    'El trabajo queda en cola y se vuelve a intentar.',
    'Consulte status.salesforce.com; no hace falta nada más.',
  ),
  SYNC_SALESFORCE_DAILY_LIMIT: words(
    'Las llamadas diarias a la API de la organización se han agotado, o casi, y la sincronización deja el resto a los demás.',
    'La sincronización espera a que haya llamadas libres; no se pierde nada.',
    'Mire qué otras integraciones usan las llamadas a la API de la organización, o contrate más.',
  ),
  SYNC_SALESFORCE_BUSY: words(
    'Hay demasiadas llamadas largas abiertas a la vez en la organización.',
    'La sincronización espera un poco; el trabajo queda en cola.',
    'No hace falta nada; si persiste, busque otra integración o una automatización lenta en la organización.',
  ),
  SYNC_SALESFORCE_FULL: words(
    'La organización no tiene almacenamiento o licencias disponibles.',
    'El registro no se escribió.',
    'Libere almacenamiento de datos en Salesforce o contrate más; después reintente los registros con error.',
  ),
  SYNC_SALESFORCE_FORBIDDEN: words(
    'El usuario de Salesforce conectado no puede hacer esto.',
    'El registro o la llamada se omitió.',
    'Dé al usuario de integración el conjunto de permisos y acceso al registro.',
  ),
  SYNC_SALESFORCE_API_DISABLED: words(
    'Esta edición de Salesforce o este usuario no tienen acceso a la API.',
    'La sincronización se pausó.',
    'Habilite el acceso a la API para la organización y el usuario.',
  ),
  SYNC_SALESFORCE_FIELD_UNKNOWN: words(
    'Un campo asignado de Salesforce no existe o el usuario de integración no lo ve.',
    'El campo se omite; los demás siguen.',
    'Dé al usuario de integración acceso al campo o quite la asignación.',
  ),
  SYNC_SALESFORCE_FIELD_READ_ONLY: words(
    'El usuario de integración no puede escribir en un campo asignado de Salesforce.',
    'El campo se dejó como estaba; los demás se sincronizaron.',
    'Permita que el usuario de integración modifique el campo, o asígnelo en un solo sentido, hacia la plataforma.',
  ),
  SYNC_SALESFORCE_QUERY_REFUSED: words(
    'Salesforce rechazó una consulta.',
    'No se cambió nada.',
    'Compruebe los criterios de selección que se indican en los detalles.',
  ),
  SYNC_SALESFORCE_LOCKED: words(
    'Otro cambio en Salesforce tenía bloqueado el registro.',
    'Se vuelve a intentar en breve.',
    'No hace falta nada.',
  ),
  SYNC_SALESFORCE_VALIDATION: words(
    'Una regla de validación de Salesforce rechazó el registro.',
    'El registro se dejó como está.',
    'Corrija el registro para que cumpla la regla; se vuelve a intentar cuando cambie.',
  ),
  SYNC_SALESFORCE_DUPLICATE_RULE: words(
    'Una regla de duplicados de Salesforce rechazó el registro.',
    'No se creó ningún registro.',
    'Combine o corrija los registros que indica la regla, o permita en ella al usuario de integración.',
  ),
  SYNC_SALESFORCE_DUPLICATE_VALUE: words(
    'Otro registro de Salesforce ya tiene este valor único.',
    'El registro se dejó como está.',
    'Consulte el registro que se indica en el mensaje.',
  ),
  SYNC_SALESFORCE_RECORD_CONVERTED: words(
    'El cliente potencial se convirtió.',
    'Su vínculo pasa al contacto.',
    'No hace falta nada.',
  ),
  SYNC_SALESFORCE_RECORD_TAKEN: words(
    'El registro de Salesforce que se encontró para este contacto pasó a sincronizarse con otro en ese mismo momento.',
    'Los dos siguen sincronizados como estaban; se vuelve a buscar un registro para este contacto.',
    'Mire el registro del que trata el mensaje: puede mostrar valores de este contacto.',
  ),
  SYNC_SALESFORCE_AUTOMATION: words(
    'Un desencadenador o flujo de la organización falló al guardar el registro.',
    'El registro se dejó como está.',
    'Muestre el mensaje al responsable de esa automatización.',
  ),
  SYNC_SALESFORCE_REFUSED: words(
    'Salesforce rechazó el registro.',
    'El registro se dejó como está.',
    'Lea el mensaje de Salesforce que aparece al lado.',
  ),
  SYNC_SALESFORCE_ANSWER_UNEXPECTED: words(
    'Salesforce respondió de una forma desconocida.',
    'No se tomó nada de la respuesta; el trabajo se vuelve a intentar.',
    'Comuníquelo con el identificador de la solicitud.',
  ),
  SYNC_SALESFORCE_JOB_FAILED: words(
    'Falló un trabajo masivo en Salesforce.',
    'Sus registros se vuelven a intentar.',
    'Si persiste, consulte el trabajo en Configuración de Salesforce, Trabajos de carga masiva de datos.',
  ),
} satisfies Record<keyof typeof salesforceErrors, ErrorWords>;
