import { Checkout } from './checkout.js';

export default function Page() {
  return <Checkout />;
}
