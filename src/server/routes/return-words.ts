/** What the return page says to a shopper who comes back to no waiting page. */
import type { Language } from '../../model/languages.ts';
import type { Status } from '../../model/statuses.ts';

export interface ReturnWords extends Readonly<Record<Status, string>> {
  readonly title: string;
  readonly back: string;
  readonly reference: string;
}

export const RETURN_WORDS: Readonly<Record<Language, ReturnWords>> = {
  en: {
    title: 'Your payment',
    back: 'Back to the shop',
    reference: 'Order',
    pending: 'We are checking your payment. Do not pay again: the shop will tell you how it ended.',
    succeeded: 'Your payment went through.',
    failed: 'Your payment was declined. Nothing was charged.',
  },
  de: {
    title: 'Ihre Zahlung',
    back: 'Zurück zum Shop',
    reference: 'Bestellung',
    pending:
      'Wir prüfen Ihre Zahlung. Bitte zahlen Sie nicht noch einmal: Der Shop teilt Ihnen das Ergebnis mit.',
    succeeded: 'Ihre Zahlung war erfolgreich.',
    failed: 'Ihre Zahlung wurde abgelehnt. Es wurde nichts abgebucht.',
  },
  es: {
    title: 'Su pago',
    back: 'Volver a la tienda',
    reference: 'Pedido',
    pending: 'Estamos comprobando su pago. No pague otra vez: la tienda le dirá cómo terminó.',
    succeeded: 'Su pago se ha realizado.',
    failed: 'Su pago fue rechazado. No se ha cobrado nada.',
  },
  fr: {
    title: 'Votre paiement',
    back: 'Retour à la boutique',
    reference: 'Commande',
    pending:
      'Nous vérifions votre paiement. Ne payez pas une seconde fois : la boutique vous dira le résultat.',
    succeeded: 'Votre paiement a été effectué.',
    failed: 'Votre paiement a été refusé. Rien n’a été débité.',
  },
  pt: {
    title: 'O seu pagamento',
    back: 'Voltar à loja',
    reference: 'Pedido',
    pending: 'Estamos a verificar o seu pagamento. Não pague outra vez: a loja dir-lhe-á o resultado.',
    succeeded: 'O seu pagamento foi efetuado.',
    failed: 'O seu pagamento foi recusado. Nada foi cobrado.',
  },
  ar: {
    title: 'دفعتك',
    back: 'العودة إلى المتجر',
    reference: 'الطلب',
    pending: 'نتحقق من دفعتك. لا تدفع مرة أخرى: سيخبرك المتجر بالنتيجة.',
    succeeded: 'تمت دفعتك بنجاح.',
    failed: 'رُفضت دفعتك. لم يُخصم أي مبلغ.',
  },
  ja: {
    title: 'お支払い',
    back: 'ショップに戻る',
    reference: 'ご注文',
    pending: 'お支払いを確認しています。もう一度支払わないでください。結果はショップからお知らせします。',
    succeeded: 'お支払いが完了しました。',
    failed: 'お支払いは承認されませんでした。請求はされていません。',
  },
};
