import type { runErrors } from '../runs.ts';
import { words, type ErrorWords } from './words.ts';

export const runsWords = {
  SYNC_BUDGET_EXHAUSTED: words(
    'La sincronización ha usado la parte de las llamadas diarias a la API de la organización que puede usar.',
    'La sincronización espera a que haya llamadas libres; no se pierde nada.',
    'No hace falta nada; aumente la parte en los ajustes si ocurre a diario.',
  ),
  SYNC_RUN_TAKEN_OVER: words(
    'Otro proceso continúa esta ejecución.',
    'Este proceso se detuvo; no se pierde nada.',
    'No hace falta nada.',
  ),
  SYNC_NOT_CONNECTED: words(
    'Salesforce o la plataforma todavía no están conectados.',
    'No se hizo nada.',
    'Conecte los dos sistemas en el Asistente de configuración.',
  ),
  SYNC_MAPPING_MISSING: words(
    'No hay ninguna asignación de campos guardada para esta conexión.',
    'No se hizo nada.',
    'Guarde la asignación de campos en el Asistente de configuración.',
  ),
  SYNC_MAPPING_INVALID: words(
    'La asignación de campos tiene filas que no pueden funcionar.',
    'No se guardó nada; sigue en vigor la asignación anterior.',
    'Corrija las filas que se indican en los detalles.',
  ),
  SYNC_SELECTION_INVALID: words(
    'La selección tiene reglas que Salesforce no puede responder.',
    'No se guardó nada; sigue en vigor la selección anterior.',
    'Corrija las reglas que se indican en los detalles.',
  ),
  SYNC_HOOK_SECRET_WRONG: words(
    'La dirección del webhook es incorrecta o ya no se usa.',
    'No se tomó nada de él.',
    'Copie de nuevo la dirección desde el Asistente de configuración.',
  ),
  SYNC_HOOK_MALFORMED: words(
    'El cuerpo del webhook no es de los que envía la plataforma.',
    'No se tomó nada de él; los cambios se encuentran igualmente al consultar.',
    'Compruebe quién llama a esta dirección.',
  ),
} satisfies Record<keyof typeof runErrors, ErrorWords>;
