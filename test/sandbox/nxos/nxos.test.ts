import { nxosContract } from '../../contracts/nxos.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

await onEachStore([MEMORY, POSTGRES], nxosContract);
