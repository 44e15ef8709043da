import type { ErrorWords, Words } from './words.ts';

export const es: Words = {
  frameTitle: 'Pago seguro',
  loading: 'Abriendo la página de pago segura…',
  tryAgain: 'Intentar de nuevo',
  openInWindow: 'Abrir en una ventana nueva',
  close: 'Cerrar',
  errorTitle: 'No se puede mostrar la página de pago',
};

export const esErrors: ErrorWords = {
  'session-failed': 'No se pudo iniciar el pago. No se te ha cobrado nada.',
  'token-expired': 'Esta página de pago ha caducado. No se te ha cobrado nada.',
  'frame-timeout': 'La página de pago no responde. Comprueba tu conexión e inténtalo de nuevo.',
  'frame-flood':
    'La página de pago enviaba demasiado y se ha cerrado. Estamos comprobando si se ha pagado algo.',
  'shop-fault': 'La tienda tiene un problema con su página de pago. No se te ha cobrado nada.',
  'popup-blocked': 'Tu navegador bloqueó la ventana de tu banco. Pulsa el botón para abrirla.',
  'challenge-timeout': 'La página de tu banco no terminó a tiempo. Estamos comprobando qué pasó con el pago.',
  'status-unreachable': 'No pagues otra vez antes de saberlo. Podemos volver a preguntar a la tienda.',
  'outcome-unknown': 'Aún no sabemos si el pago se ha realizado',
  'check-again': 'Comprobar de nuevo',
  'other-tab': 'Este pedido está abierto en otra pestaña. Termínalo allí o cierra esa pestaña.',
  'other-tab-title': 'Abierto en otra pestaña',
  'page-stopped': 'Es posible que su pago se haya realizado. No vuelva a pagar antes de saberlo.',
  'page-stopped-title': 'La página de pago se detuvo antes de terminar',
  'open-again': 'Abrir la página de nuevo',
  'came-back': 'Ha vuelto a la tienda. Continúe cuando quiera.',
  'came-back-title': '¿Continuar a la página de pago?',
  continue: 'Continuar',
  'insecure-context':
    'Esta página no es segura, así que los pagos están desactivados. No se te ha cobrado nada.',
};
