import { gatewayContract } from '../../contracts/gateway.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

await onEachStore([MEMORY, POSTGRES], gatewayContract);
