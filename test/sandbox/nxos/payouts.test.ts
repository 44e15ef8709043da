import { nxosPayoutsContract } from '../../contracts/nxos-payouts.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

await onEachStore([MEMORY, POSTGRES], nxosPayoutsContract);
