/** What is asked and said when somebody wants to leave too early, in every language at once: the whole is small. */
import type { Language } from '../../model/languages.ts';

export interface QuestionWords {
  readonly title: string;
  /** What would be lost. */
  readonly typed: string;
  readonly challenge: string;
  readonly stay: string;
  readonly leave: string;
  /** Why it cannot be left now. */
  readonly busy: string;
}

export const QUESTION_WORDS: Readonly<Record<Language, QuestionWords>> = {
  en: {
    title: 'Leave the payment?',
    typed: 'What you have entered will be lost.',
    challenge: 'Your payment is not finished yet; your bank is waiting for you.',
    stay: 'Stay',
    leave: 'Leave',
    busy: 'Your payment is being processed. You can close this as soon as it is done.',
  },
  de: {
    title: 'Die Zahlung verlassen?',
    typed: 'Ihre Eingaben gehen verloren.',
    challenge: 'Ihre Zahlung ist noch nicht abgeschlossen; Ihre Bank wartet auf Sie.',
    stay: 'Bleiben',
    leave: 'Verlassen',
    busy: 'Ihre Zahlung wird verarbeitet. Sie können schließen, sobald das erledigt ist.',
  },
  es: {
    title: '¿Salir del pago?',
    typed: 'Se perderá lo que ha introducido.',
    challenge: 'Su pago aún no ha terminado; su banco le espera.',
    stay: 'Quedarse',
    leave: 'Salir',
    busy: 'Su pago se está procesando. Podrá cerrar en cuanto termine.',
  },
  fr: {
    title: 'Quitter le paiement ?',
    typed: 'Ce que vous avez saisi sera perdu.',
    challenge: 'Votre paiement n’est pas terminé ; votre banque vous attend.',
    stay: 'Rester',
    leave: 'Quitter',
    busy: 'Votre paiement est en cours de traitement. Vous pourrez fermer dès qu’il sera terminé.',
  },
  pt: {
    title: 'Sair do pagamento?',
    typed: 'O que introduziu será perdido.',
    challenge: 'O seu pagamento ainda não terminou; o seu banco está à espera.',
    stay: 'Ficar',
    leave: 'Sair',
    busy: 'O seu pagamento está a ser processado. Pode fechar assim que terminar.',
  },
  ar: {
    title: 'هل تريد مغادرة الدفع؟',
    typed: 'سيضيع ما أدخلته.',
    challenge: 'لم تكتمل عملية الدفع بعد؛ مصرفك بانتظارك.',
    stay: 'البقاء',
    leave: 'المغادرة',
    busy: 'تجري معالجة الدفع. يمكنك الإغلاق بعد انتهائها.',
  },
  ja: {
    title: 'お支払いを中止しますか？',
    typed: '入力した内容は失われます。',
    challenge: 'お支払いはまだ完了していません。銀行での確認が残っています。',
    stay: '続ける',
    leave: '中止する',
    busy: 'お支払いを処理しています。完了すると閉じられます。',
  },
};
