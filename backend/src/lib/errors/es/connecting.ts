import type { connectingErrors } from '../connecting.ts';
import { words, type ErrorWords } from './words.ts';

export const connectingWords = {
  SYNC_OAUTH_DENIED: words(
    'Se denegó el acceso en la página de Salesforce.',
    'No se conectó nada.',
    'Autorice de nuevo y elija Permitir.',
  ),
  SYNC_OAUTH_EXPIRED: words(
    'La autorización tardó más de lo que vale su enlace.',
    'No se conectó nada.',
    'Autorice de nuevo.',
  ),
  SYNC_OAUTH_STATE_UNKNOWN: words(
    'La página se abrió con un enlace desconocido o ya utilizado.',
    'No se conectó nada.',
    'Empiece de nuevo en el Asistente de configuración.',
  ),
  SYNC_OAUTH_ORG_MISMATCH: words(
    'Se autorizó otra organización de Salesforce, no la que se está configurando.',
    'No se conectó nada; el acceso concedido se retira.',
    'Cierre en este navegador la sesión de la otra organización y autorice de nuevo.',
  ),
  SYNC_OAUTH_REFUSED: words(
    'Salesforce rechazó el inicio de sesión.',
    'No se conectó nada.',
    'Lea el mensaje de Salesforce que aparece al lado; a menudo la aplicación no está aprobada para este usuario.',
  ),
  SYNC_SALESFORCE_APP_MISSING: words(
    'Este servicio no tiene ninguna aplicación de Salesforce con la que iniciar sesión.',
    'No se conectó nada.',
    'Pida a quien lo administra que defina SALESFORCE_CONSUMER_KEY, o conecte por JWT o con credenciales de cliente.',
  ),
  SYNC_LOGIN_METHOD_DISABLED: words(
    'Esta forma de iniciar sesión está desactivada.',
    'No se envió nada a Salesforce.',
    'Use el flujo de servidor web, JWT o credenciales de cliente.',
  ),
  SYNC_CONNECTION_EXISTS: words(
    'La organización ya está conectada a otra cuenta de esta plataforma.',
    'No se cambió nada.',
    'Desconecte primero la otra cuenta.',
  ),
} satisfies Record<keyof typeof connectingErrors, ErrorWords>;
