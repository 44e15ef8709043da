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
  'shop-fault': 'A loja tem um problema com a página de pagamento. Nada foi cobrado.',
  'popup-blocked': 'Seu navegador bloqueou a janela do seu banco. Aperte o botão para abri-la.',
  'challenge-timeout':
    'A página do seu banco não terminou a tempo. Estamos verificando o que houve com o pagamento.',
  'status-unreachable': 'Não conseguimos falar com a loja para verificar o pagamento. Continuamos tentando.',
  'insecure-context': 'Esta página não é segura, por isso os pagamentos estão desligados. Nada foi cobrado.',
};
