import { nixoContract } from '../../contracts/nixo.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

await onEachStore([MEMORY, POSTGRES], nixoContract);
