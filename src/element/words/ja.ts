import type { ErrorWords, Words } from './words.ts';

export const ja: Words = {
  frameTitle: '安全なお支払い',
  loading: '安全な支払いページを開いています…',
  tryAgain: 'もう一度試す',
  openInWindow: '新しいウィンドウで開く',
  close: '閉じる',
  errorTitle: '支払いページを表示できません',
};

export const jaErrors: ErrorWords = {
  'session-failed': 'お支払いを開始できませんでした。請求は発生していません。',
  'token-expired': '支払いページの期限が切れました。請求は発生していません。',
  'frame-timeout': '支払いページが応答しません。接続を確認して、もう一度お試しください。',
  'frame-flood': '支払いページからの送信が多すぎたため閉じました。お支払いが行われたかを確認しています。',
  'shop-fault': 'ショップの支払いページに問題があります。請求は発生していません。',
  'popup-blocked': 'ブラウザーが銀行のウィンドウをブロックしました。ボタンを押して開いてください。',
  'challenge-timeout': '銀行のページが時間内に終わりませんでした。お支払いの結果を確認しています。',
  'status-unreachable':
    '結果がわかるまで、もう一度お支払いにならないでください。ショップに再度確認できます。',
  'outcome-unknown': 'お支払いが完了したかどうか、まだ確認できていません',
  'check-again': 'もう一度確認する',
  'other-tab': 'このご注文は別のタブで開いています。そちらで完了するか、そのタブを閉じてください。',
  'other-tab-title': '別のタブで開いています',
  'page-stopped':
    'お支払いは完了している可能性があります。結果がわかるまで、もう一度お支払いにならないでください。',
  'page-stopped-title': '支払いページが途中で止まりました',
  'open-again': 'ページをもう一度開く',
  'came-back': 'ショップに戻りました。準備ができたら進んでください。',
  'came-back-title': 'お支払いページに進みますか？',
  continue: '進む',
  'insecure-context': 'このページは安全ではないため、お支払いはできません。請求は発生していません。',
};
