import type { ErrorWords, Words } from './words.ts';

export const ar: Words = {
  frameTitle: 'دفع آمن',
  loading: 'جارٍ فتح صفحة الدفع الآمنة…',
  tryAgain: 'حاول مرة أخرى',
  openInWindow: 'افتح في نافذة جديدة',
  close: 'إغلاق',
  errorTitle: 'تعذّر عرض صفحة الدفع',
};

export const arErrors: ErrorWords = {
  'session-failed': 'تعذّر بدء الدفع. لم يُخصم منك شيء.',
  'token-expired': 'انتهت صلاحية صفحة الدفع هذه. لم يُخصم منك شيء.',
  'frame-timeout': 'صفحة الدفع لا تستجيب. تحقق من اتصالك وحاول مرة أخرى.',
  'shop-fault': 'لدى المتجر مشكلة في صفحة الدفع. لم يُخصم منك شيء.',
  'popup-blocked': 'حظر متصفحك نافذة بنكك. اضغط الزر لفتحها.',
  'challenge-timeout': 'لم تنتهِ صفحة بنكك في الوقت المحدد. نتحقق مما حدث للدفع.',
  'status-unreachable': 'يُرجى عدم الدفع مرة أخرى قبل معرفة ذلك. يمكننا سؤال المتجر من جديد.',
  'outcome-unknown': 'لا نعرف بعد ما إذا تمّ الدفع',
  'check-again': 'تحقق مرة أخرى',
  'other-tab': 'هذا الطلب مفتوح في علامة تبويب أخرى. أكمله هناك أو أغلق تلك العلامة.',
  'other-tab-title': 'مفتوح في علامة تبويب أخرى',
  'came-back': 'لقد عدت إلى المتجر. تابع عندما تكون مستعدًا.',
  'came-back-title': 'المتابعة إلى صفحة الدفع؟',
  continue: 'متابعة',
  'insecure-context': 'هذه الصفحة غير آمنة، لذا الدفع متوقف. لم يُخصم منك شيء.',
};
