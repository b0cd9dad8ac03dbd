import type { peopleErrors } from '../people.ts';
import { words, type ErrorWords } from './words.ts';

export const peopleWords = {
  SYNC_RECORD_NOT_SYNCED: words(
    'Este registro no está sincronizado con la plataforma.',
    'No se leyó nada de la plataforma ni se cambió nada.',
    'Compruebe que tiene dirección de correo electrónico y que cumple la selección; después espere a la próxima sincronización o use "Sincronizar ahora".',
  ),
  SYNC_CONFLICT_DECIDED: words(
    'Este conflicto ya se decidió.',
    'Se mantiene la primera decisión.',
    'Consulte el registro; si el valor no es el correcto, cámbielo en cualquiera de los dos sistemas.',
  ),
  SYNC_REPEAT_UNCONFIRMED: words(
    'Se hizo lo mismo para esta persona hace menos de un minuto.',
    'No se repitió.',
    'Confirme si debe hacerse otra vez.',
  ),
  SYNC_AUTOMATION_OFF: words(
    'El envío de campañas y el alta en automatizaciones desde las páginas de registro están desactivados.',
    'No se envió ni se cambió nada.',
    'Pida a un administrador que lo habilite en el paso 4 del Asistente de configuración.',
  ),
  SYNC_NOT_OFFERED: words(
    'Esta campaña o automatización no está entre las que ofrecen las páginas de registro.',
    'No se envió ni se cambió nada.',
    'Pida a un administrador que la elija en el paso 4 del Asistente de configuración, o incluya "Salesforce" en su nombre.',
  ),
} satisfies Record<keyof typeof peopleErrors, ErrorWords>;
