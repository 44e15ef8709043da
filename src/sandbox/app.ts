/** The sandbox: three API systems in one process on one port, with a world that a test can hold in its hand. */
import { type Context, Hono } from 'hono';
import type { Random } from '../model/ids.ts';
import { limitBody } from './body-limit.ts';
import { loadConfig } from './config.ts';
import { controlRoutes } from './control/routes.ts';
import { readState } from './control/state.ts';
import { createFaults } from './faults.ts';
import { apiRoutes as gatewayRoutes } from './gateway/api-routes.ts';
import { pageRoutes } from './gateway/page-routes.ts';
import { createTokens } from './gateway/tokens.ts';
import { createTransactions } from './gateway/transactions.ts';
import { MalformedBody } from './json-body.ts';
import { gatewayOpenApi } from './openapi/gateway.ts';
import { nixoOpenApi } from './openapi/nixo.ts';
import { nxosOpenApi } from './openapi/nxos.ts';
import { createKyc } from './nixo/accounts.ts';
import { apiRoutes as nixoRoutes } from './nixo/api-routes.ts';
import { createPayouts as createNixoPayouts } from './nixo/payouts.ts';
import { plantNixo } from './nixo/seeds.ts';
import { nixoSender } from './nixo/webhook.ts';
import { apiRoutes as nxosRoutes } from './nxos/api-routes.ts';
import { createPayouts as createNxosPayouts } from './nxos/payouts.ts';
import { plantNxos } from './nxos/seeds.ts';
import { createSender } from './nxos/webhook.ts';
import { createOutbox } from './outbox/outbox.ts';
import { tellOwnFault } from './own-fault.ts';
import { loadPages } from './pages/assets.ts';
import type { Caller } from './caller.ts';
import type { Sandbox, SandboxParts } from './parts.ts';
import { addressOf, PLACES } from './places.ts';
import { createSchedule } from './schedule.ts';
import { openStore, type StoreOptions } from './store/store.ts';
import { type Clock, createWorld } from './world.ts';

export interface SandboxOptions {
  /** Epoch milliseconds at which a standing clock starts, or a clock of your own; real time without it. */
  readonly clock?: number | Clock | undefined;
  readonly random?: Random | undefined;
  /** How webhooks leave. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Where the data is kept: a folder, or a `postgres://…` URL. In memory without it. */
  readonly database?: string | StoreOptions | undefined;
  /** Where the gateway sends webhooks; `null` for none. Default: the demo shop's. */
  readonly webhookUrl?: string | null | undefined;
  /** The address that others see, where a proxy stands before the sandbox: `https://pay.example/sandbox`. */
  readonly publicUrl?: string | undefined;
  /** Where Nixo sends webhooks. Default: nowhere. */
  readonly nixoWebhookUrl?: string | null | undefined;
}

const DEFAULT_WEBHOOK_URL = 'http://localhost:4000/kassa/webhook';
const DESCRIPTIONS = { gateway: gatewayOpenApi, nixo: nixoOpenApi, nxos: nxosOpenApi } as const;

/** @throws StoreError when the data cannot be opened. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options);
  const address = addressOf(options.publicUrl);
  const pages = loadPages();
  const store = await openStore(placeOf(options.database));
  const { webhookUrl = DEFAULT_WEBHOOK_URL } = options;
  const plant = async (): Promise<void> => {
    await plantNixo(store.db, world.clock.now());
    await plantNxos(store.db, world.clock.now());
  };
  await plant();
  const config = await loadConfig(store.db, {
    webhookUrl,
    nixoWebhookUrl: options.nixoWebhookUrl ?? null,
    nixoStrictIban: false,
    nixoRequestsPerSecond: null,
    webhookDown: false,
    blockedIps: [],
    maintenance: false,
    apiKeys: [],
    disabledProviders: [],
    directAnswers: 'token',
    approvedPayoutsFail: false,
  });
  const gatewayTransactions = createTransactions({
    db: store.db,
    world,
    webhookUrl: () => config.current.webhookUrl ?? undefined,
    onChange: () => schedule.wake(),
  });
  const nixo = { db: store.db, world, config };
  const schedule = createSchedule(world, [
    gatewayTransactions,
    createNixoPayouts(nixo),
    createNxosPayouts(store.db, world),
    createKyc(store.db, world),
    createOutbox(
      store.db,
      world,
      { nixo: nixoSender, nxos: createSender(store.db) },
      { isAlone: store.kind !== 'postgres' },
    ),
  ]);
  const { publicUrl } = options;
  const parts: SandboxParts = { store, world, config, faults: createFaults(), pages, schedule, publicUrl };
  const sandbox = {
    advance: (ms: number) => schedule.advance(ms),
    state: () => readState(parts),
    reset: async () => {
      await store.forget();
      await plant();
      await config.reset();
      parts.faults.clear();
    },
  };
  const context = {
    db: store.db,
    world,
    config,
    tokens: createTokens(store.db),
    transactions: gatewayTransactions,
  };
  const app = new Hono<{ Bindings: Caller }>();
  app.use(limitBody);
  const { gateway: gatewayPath, nixo: nixoPath, nxos: nxosPath, control } = PLACES;
  app.route(`${gatewayPath}/api/v1`, gatewayRoutes(context, parts.faults, callerOf, address));
  app.route(
    `${nixoPath}/v1`,
    nixoRoutes({ ...nixo, onChange: () => schedule.wake() }, parts.faults, callerOf),
  );
  app.route(
    `${nxosPath}/v1`,
    nxosRoutes({ db: store.db, world, onChange: () => schedule.wake() }, parts.faults, callerOf),
  );
  app.route(gatewayPath, pageRoutes(context, pages, address));
  app.route(control, controlRoutes(parts, sandbox));
  for (const [system, describe] of Object.entries(DESCRIPTIONS)) {
    app.get(`/openapi/${system}.json`, ({ req }) => Response.json(describe(address(req))));
  }
  app.notFound(({ req }) => notFound(req.path));
  app.onError((error) => {
    if (error instanceof MalformedBody) return error.toResponse();
    tellOwnFault(error);
    return Response.json({ message: 'Internal server error' }, { status: 500 });
  });
  schedule.wake();

  return {
    ...sandbox,
    fetch: async (request, caller) => app.fetch(request, caller ?? { address: undefined, cut: undefined }),
    close: async () => {
      await schedule.close();
      await store.close();
    },
    ready: () => pages.ready(),
  };
}

/** A text with a scheme is a URL, any other a folder. */
function placeOf(database: SandboxOptions['database']): StoreOptions {
  if (typeof database !== 'string') return database ?? {};
  return database.includes('://') ? { databaseUrl: database } : { dataDir: database };
}

function callerOf({ env }: Context): Caller {
  const { address, cut } = env as Partial<Caller>;
  return { address, cut };
}

function notFound(path: string): Response {
  return Response.json(
    {
      message: `Nothing is at ${path}.`,
      try: [
        `${PLACES.gateway}/api/v1/cashier`,
        `${PLACES.gateway}/cashier`,
        `${PLACES.nixo}/v1/payouts`,
        `${PLACES.nxos}/v1/accounts`,
        '/openapi/gateway.json',
        '/openapi/nixo.json',
        '/openapi/nxos.json',
        PLACES.control,
      ],
    },
    { status: 404 },
  );
}
