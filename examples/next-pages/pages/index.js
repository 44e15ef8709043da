import { KassaCashier } from 'kassa/react';
import { useState } from 'react';

export default function Checkout() {
  const [ended, setEnded] = useState('');
  return (
    <>
      <KassaCashier sessionUrl="/kassa/session" onOutcome={({ outcome }) => setEnded(outcome.kind)} />
      <output>{ended}</output>
    </>
  );
}
