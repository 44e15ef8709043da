import type { ErrorWords, Words } from './words.ts';

export const pt: Words = {
  frameTitle: 'Pagamento seguro',
  loading: 'Abrindo a página de pagamento segura…',
  tryAgain: 'Tentar de novo',
  openInWindow: 'Abrir em uma nova janela',
  close: 'Fechar',
  errorTitle: 'A página de pagamento não pode ser mostrada',
};

export const ptErrors: ErrorWords = {
  'session-failed': 'Não foi possível iniciar o pagamento. Nada foi cobrado.',
  'token-expired': 'Esta página de pagamento expirou. Nada foi cobrado.',
  'frame-timeout': 'A página de pagamento não responde. Confira sua conexão e tente de novo.',
  'frame-flood': 'A página de pagamento enviava demais e foi fechada. Estamos verificando se algo foi pago.',
  'shop-fault': 'A loja tem um problema com a página de pagamento. Nada foi cobrado.',
  'popup-blocked': 'Seu navegador bloqueou a janela do seu banco. Aperte o botão para abri-la.',
  'challenge-timeout':
    'A página do seu banco não terminou a tempo. Estamos verificando o que houve com o pagamento.',
  'status-unreachable': 'Não pague outra vez antes de saber. Podemos perguntar de novo à loja.',
  'outcome-unknown': 'Ainda não sabemos se o pagamento foi concluído',
  'check-again': 'Verificar de novo',
  'other-tab': 'Este pedido está aberto em outra aba. Termine por lá ou feche aquela aba.',
  'other-tab-title': 'Aberto em outra aba',
  'page-stopped': 'O seu pagamento pode ter sido feito. Não pague outra vez antes de saber.',
  'page-stopped-title': 'A página de pagamento parou antes do fim',
  'open-again': 'Abrir a página de novo',
  'came-back': 'Voltou à loja. Continue quando quiser.',
  'came-back-title': 'Continuar para a página de pagamento?',
  continue: 'Continuar',
  'insecure-context': 'Esta página não é segura, por isso os pagamentos estão desligados. Nada foi cobrado.',
};
