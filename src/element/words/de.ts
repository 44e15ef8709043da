import type { ErrorWords, Words } from './words.ts';

export const de: Words = {
  frameTitle: 'Sichere Zahlung',
  loading: 'Die sichere Zahlungsseite wird geöffnet…',
  tryAgain: 'Erneut versuchen',
  openInWindow: 'In neuem Fenster öffnen',
  close: 'Schließen',
  errorTitle: 'Die Zahlungsseite kann nicht gezeigt werden',
};

export const deErrors: ErrorWords = {
  'session-failed': 'Die Zahlung konnte nicht begonnen werden. Es wurde nichts abgebucht.',
  'token-expired': 'Diese Zahlungsseite ist abgelaufen. Es wurde nichts abgebucht.',
  'frame-timeout':
    'Die Zahlungsseite antwortet nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  'frame-flood':
    'Die Zahlungsseite hat viel zu viel gesendet und wurde geschlossen. Wir prüfen, ob etwas bezahlt wurde.',
  'shop-fault': 'Der Shop hat ein Problem mit seiner Zahlungsseite. Es wurde nichts abgebucht.',
  'popup-blocked':
    'Ihr Browser hat das Fenster Ihrer Bank blockiert. Drücken Sie die Taste, um es zu öffnen.',
  'challenge-timeout':
    'Die Seite Ihrer Bank wurde nicht rechtzeitig fertig. Wir prüfen, was aus der Zahlung wurde.',
  'status-unreachable':
    'Bitte zahlen Sie nicht noch einmal, bevor Sie es wissen. Wir können den Shop erneut fragen.',
  'outcome-unknown': 'Noch ist nicht bekannt, ob die Zahlung geklappt hat',
  'check-again': 'Erneut prüfen',
  'other-tab':
    'Diese Bestellung ist in einem anderen Tab geöffnet. Schließen Sie sie dort ab, oder schließen Sie jenen Tab.',
  'other-tab-title': 'In einem anderen Tab geöffnet',
  'page-stopped':
    'Ihre Zahlung kann geklappt haben. Bitte zahlen Sie nicht noch einmal, bevor Sie es wissen.',
  'page-stopped-title': 'Die Zahlungsseite hat mittendrin aufgehört',
  'open-again': 'Seite wieder öffnen',
  'came-back': 'Sie sind in den Shop zurückgekehrt. Fahren Sie fort, wenn Sie bereit sind.',
  'came-back-title': 'Weiter zur Zahlungsseite?',
  continue: 'Weiter',
  'insecure-context': 'Diese Seite ist nicht sicher, daher sind Zahlungen aus. Es wurde nichts abgebucht.',
};
