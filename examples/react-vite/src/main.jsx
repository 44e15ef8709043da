import { KassaCashier } from 'kassa/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Checkout() {
  const [ended, setEnded] = useState('');
  return (
    <>
      <KassaCashier sessionUrl="/kassa/session" onOutcome={({ outcome }) => setEnded(outcome.kind)} />
      <output>{ended}</output>
    </>
  );
}

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <Checkout />
  </StrictMode>,
);
