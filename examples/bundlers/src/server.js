import { KassaCashier } from 'kassa/react';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

console.log(
  renderToString(
    createElement(KassaCashier, {
      sessionUrl: '/kassa/session',
      flow: 'withdrawal',
      display: 'modal',
      theme: 'dark',
      lang: 'de',
    }),
  ),
);
