/** Penpal on the hosted page, as its README says it for the iframe window. */
import { connect, WindowMessenger } from 'penpal';

const shop = new URLSearchParams(location.hash.slice(1)).get('shop') ?? '';
connect({ messenger: new WindowMessenger({ remoteWindow: window.parent, allowedOrigins: [shop] }) });
