/** Registers `<kassa-cashier>`. The one module of the browser side with a side effect. */
import { KassaCashier } from './cashier-element.ts';
import { register } from './register.ts';

export { TAG } from './register.ts';

register(KassaCashier);
