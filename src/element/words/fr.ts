import type { ErrorWords, Words } from './words.ts';

export const fr: Words = {
  frameTitle: 'Paiement sécurisé',
  loading: 'Ouverture de la page de paiement sécurisée…',
  tryAgain: 'Réessayer',
  openInWindow: 'Ouvrir dans une nouvelle fenêtre',
  close: 'Fermer',
  errorTitle: 'La page de paiement ne peut pas s’afficher',
};

export const frErrors: ErrorWords = {
  'session-failed': 'Le paiement n’a pas pu commencer. Rien n’a été débité.',
  'token-expired': 'Cette page de paiement a expiré. Rien n’a été débité.',
  'frame-timeout': 'La page de paiement ne répond pas. Vérifiez votre connexion et réessayez.',
  'frame-flood':
    'La page de paiement envoyait beaucoup trop et a été fermée. Nous vérifions si un paiement a eu lieu.',
  'shop-fault': 'La boutique a un problème avec sa page de paiement. Rien n’a été débité.',
  'popup-blocked':
    'Votre navigateur a bloqué la fenêtre de votre banque. Appuyez sur le bouton pour l’ouvrir.',
  'challenge-timeout':
    'La page de votre banque n’a pas fini à temps. Nous vérifions ce qu’est devenu le paiement.',
  'status-unreachable':
    'Ne payez pas une seconde fois avant de le savoir. Nous pouvons redemander à la boutique.',
  'outcome-unknown': 'Nous ne savons pas encore si le paiement a abouti',
  'check-again': 'Vérifier à nouveau',
  'other-tab': 'Cette commande est ouverte dans un autre onglet. Terminez-la là-bas, ou fermez cet onglet.',
  'other-tab-title': 'Ouvert dans un autre onglet',
  'page-stopped': 'Votre paiement a peut-être abouti. Ne payez pas une seconde fois avant de le savoir.',
  'page-stopped-title': 'La page de paiement s’est arrêtée avant la fin',
  'open-again': 'Rouvrir la page',
  'came-back': 'Vous êtes revenu à la boutique. Continuez quand vous le souhaitez.',
  'came-back-title': 'Continuer vers la page de paiement ?',
  continue: 'Continuer',
  'insecure-context':
    'Cette page n’est pas sécurisée, les paiements sont donc désactivés. Rien n’a été débité.',
};
