/** What is said around a 3-D Secure challenge; by language, because the chunk of the challenge is only fetched for one. */
import type { Language } from '../../model/languages.ts';

export interface ChallengeWords {
  /** The accessible name of the bank's frame. */
  readonly title: string;
  readonly checking: string;
  readonly inWindow: string;
  readonly goToBank: string;
  readonly slow: string;
}

export const CHALLENGE_WORDS: Readonly<Record<Language, ChallengeWords>> = {
  en: {
    title: 'Confirm with your bank',
    checking: 'Checking the payment…',
    inWindow: 'Finish in your bank’s window. This page waits for you.',
    goToBank: 'Continue to your bank',
    slow: 'Nothing happening?',
  },
  de: {
    title: 'Bei Ihrer Bank bestätigen',
    checking: 'Die Zahlung wird geprüft…',
    inWindow: 'Schließen Sie im Fenster Ihrer Bank ab. Diese Seite wartet auf Sie.',
    goToBank: 'Weiter zu Ihrer Bank',
    slow: 'Es passiert nichts?',
  },
  es: {
    title: 'Confirme con su banco',
    checking: 'Comprobando el pago…',
    inWindow: 'Termine en la ventana de su banco. Esta página le espera.',
    goToBank: 'Continuar a su banco',
    slow: '¿No pasa nada?',
  },
  fr: {
    title: 'Confirmez auprès de votre banque',
    checking: 'Vérification du paiement…',
    inWindow: 'Terminez dans la fenêtre de votre banque. Cette page vous attend.',
    goToBank: 'Continuer vers votre banque',
    slow: 'Rien ne se passe ?',
  },
  pt: {
    title: 'Confirme com o seu banco',
    checking: 'A verificar o pagamento…',
    inWindow: 'Termine na janela do seu banco. Esta página espera por si.',
    goToBank: 'Continuar para o seu banco',
    slow: 'Não acontece nada?',
  },
  ar: {
    title: 'أكّد مع مصرفك',
    checking: 'جارٍ التحقق من الدفع…',
    inWindow: 'أكمل في نافذة مصرفك. هذه الصفحة بانتظارك.',
    goToBank: 'المتابعة إلى مصرفك',
    slow: 'لا يحدث شيء؟',
  },
  ja: {
    title: '銀行での確認',
    checking: 'お支払いを確認しています…',
    inWindow: '銀行のウィンドウで完了してください。このページはお待ちしています。',
    goToBank: '銀行に進む',
    slow: '進みませんか？',
  },
};
