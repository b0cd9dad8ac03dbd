/** What became of one record in a run. */
export const recordSentences = {
  'Both systems changed “{field}” differently; choose which value stays.':
    'Los dos sistemas cambiaron “{field}” de forma distinta; elija qué valor se queda.',
  '“{field}” was written back and forth too often within an hour.':
    '“{field}” se escribió de un lado a otro demasiadas veces en una hora.',
  'Salesforce does not let the integration user write “{field}”.':
    'Salesforce no permite al usuario de integración escribir en “{field}”.',
  'Salesforce has no Account named “{name}”, and accounts are not synced.':
    'En Salesforce no hay ninguna cuenta llamada “{name}”, y las cuentas no se sincronizan.',
  'Salesforce refused to create the Account “{name}”: {reason}':
    'Salesforce rechazó crear la cuenta “{name}”: {reason}',
  'The Salesforce Account “{name}” ({id}) is linked to the platform’s account of this name; its fields are the ones that are synced.':
    'La cuenta de Salesforce “{name}” ({id}) está vinculada a la cuenta de la plataforma de ese nombre; son sus campos los que se sincronizan.',
  '{meaning} {words}': '{meaning} {words}',
  '{meaning} It is {id}.': '{meaning} Es {id}.',
  '{meaning} The contact {id} was created under the old address.':
    '{meaning} Se creó el contacto {id} con la dirección antigua.',

  'The Lead was converted to a Contact that is synced already.':
    'El cliente potencial se convirtió en un contacto que ya se sincroniza.',
  'The record was merged into one that is synced already.':
    'El registro se combinó con otro que ya se sincroniza.',
  'The record was deleted in Salesforce; nothing was deleted on the platform.':
    'El registro se eliminó en Salesforce; en la plataforma no se eliminó nada.',

  'The contact was deleted on the platform before its turn came.':
    'El contacto se eliminó en la plataforma antes de que le llegara el turno.',
  'No field mapping is saved for {object}.': 'No hay ninguna asignación de campos guardada para: {object}.',
  'The contact is synced with this {object} already.':
    'El contacto ya se sincroniza con este registro de {object}.',

  'The platform did not mention this account.': 'La plataforma no mencionó esta cuenta.',
  'The platform did not mention this contact.': 'La plataforma no mencionó este contacto.',
  'ActiveCampaign said nothing of this contact.': 'ActiveCampaign no dijo nada de este contacto.',
  'Salesforce did not mention this record.': 'Salesforce no mencionó este registro.',
  'Salesforce said nothing of this row.': 'Salesforce no dijo nada de esta fila.',
  'The row has no value for {field}.': 'La fila no tiene ningún valor para {field}.',
  'The job ended before it came to this row.': 'El trabajo terminó antes de llegar a esta fila.',
  'The job neither ended nor could be aborted.': 'El trabajo no terminó ni se pudo cancelar.',
  'The import did not end in time.': 'La importación no terminó a tiempo.',
  'There is no account field {field}.': 'No existe ningún campo de cuenta {field}.',
  'There is no contact field {field}.': 'No existe ningún campo de contacto {field}.',
  'An account needs a name.': 'Una cuenta necesita un nombre.',

  'The campaign has no message to send.': 'La campaña no tiene ningún mensaje que enviar.',
  'Sending campaigns to one person is switched off.':
    'El envío de campañas a una sola persona está desactivado.',
  'The automation is not active, or the contact is gone.':
    'La automatización no está activa, o el contacto ya no existe.',
} as const;
