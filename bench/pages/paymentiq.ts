/** PaymentIQ's bootstrapper, as its README says it; the environment is the one whose cashier is on the developer's machine. */
import bootstrapper from 'paymentiq-cashier-bootstrapper';

const { benchReady } = window as unknown as { benchReady: () => void };

const place = document.createElement('div');
place.id = 'cashier';
document.body.append(place);
const config = { merchantId: '1337', userId: 'bench', sessionId: '66', environment: 'development' };
// The package is CommonJS, whose default export is found inside the module from a package of modules.
new bootstrapper.default('#cashier', { ...config, method: 'deposit' }, (api) => {
  // Whoever asks for `isLoading` has the page told that somebody listens: not before the frame's own load event.
  api.on({ cashierInitLoad: benchReady, isLoading: () => undefined });
});
