/** How sync stands as a whole, and what its runs had to do without. */
export const healthSentences = {
  '{name}: {words}': '{name}: {words}',
  'The last run failed and is tried again: {reason}':
    'La última ejecución falló y se vuelve a intentar: {reason}',
  '{verdict} {notice}': '{verdict} {notice}',

  'Sync is paused by an admin.': 'Un administrador ha pausado la sincronización.',
  'Sync from Salesforce to {platform} is paused by an admin.':
    'Un administrador ha pausado la sincronización de Salesforce a {platform}.',
  'Sync from {platform} to Salesforce is paused by an admin.':
    'Un administrador ha pausado la sincronización de {platform} a Salesforce.',
  'Resume it when you are ready: what changes meanwhile is not lost.':
    'Reanúdela cuando quiera: lo que cambie entretanto no se pierde.',
  'No job is scheduled from Salesforce to {platform}.':
    'No hay ningún trabajo programado de Salesforce a {platform}.',
  'No job is scheduled from {platform} to Salesforce.':
    'No hay ningún trabajo programado de {platform} a Salesforce.',
  'Schedule one in step 3 of the Setup Assistant.':
    'Programe uno en el paso 3 del Asistente de configuración.',

  'Syncing now, {records} to go': 'Sincronizando ahora; faltan {records}',
  '{records} waits for the next run': '{records} espera la próxima ejecución',
  '{records} wait for the next run': '{records} esperan la próxima ejecución',
  'Sync runs': 'La sincronización está en marcha',
  'Everything is in step': 'Todo está al día',
  '{doing}.': '{doing}.',
  '{doing}; {records} needs attention.': '{doing}; {records} necesita atención.',
  '{doing}; {records} need attention.': '{doing}; {records} necesitan atención.',
  '1 record': '1 registro',
  '{count} records': '{count} registros',
  'Look at the causes below: each says what helps.': 'Vea las causas más abajo: cada una dice qué ayuda.',

  Lead: 'Clientes potenciales',
  Contact: 'Contactos',
  Account: 'Cuentas',
  '{object}: Salesforce has no field “{field}”, or the integration user may not see it.':
    '{object}: en Salesforce no existe el campo “{field}”, o el usuario de integración no lo ve.',
  '{object}: The platform has no field “{field}”; it may have been deleted there.':
    '{object}: en la plataforma no existe el campo “{field}”; puede que se haya eliminado allí.',
  '{object}: “{field}” cannot be written in Salesforce.':
    '{object}: en “{field}” no se puede escribir en Salesforce.',
  '{object}: No email field is mapped to the platform’s email address.':
    '{object}: ningún campo de correo electrónico está asignado a la dirección de correo de la plataforma.',
  '{object}: Account Name is not mapped.': '{object}: el nombre de la cuenta no está asignado.',
  '{object}: The selection has rules that Salesforce cannot answer.':
    '{object}: la selección tiene reglas que Salesforce no puede responder.',
  '{object}: “{salesforce}” and “{platform}” cannot be mapped to each other.':
    '{object}: “{salesforce}” y “{platform}” no se pueden asignar entre sí.',
  'The platform’s plan has no accounts, or the key’s user may not see them: accounts are not synced.':
    'El plan de la plataforma no tiene cuentas, o el usuario de la clave no puede verlas: las cuentas no se sincronizan.',
  'The org has used {used} of its {limit} daily API calls; sync leaves the rest to others.':
    'La organización ha usado {used} de sus {limit} llamadas diarias a la API; la sincronización deja el resto a los demás.',
  'Sync used its share of the org’s daily API calls: {used} of {share}.':
    'La sincronización ha usado su parte de las llamadas diarias a la API de la organización: {used} de {share}.',
} as const;
