/** Nixo's operations, at the paths of its documents. Each write is one database transaction, keyed or not. */
import { type Context, Hono } from 'hono';
import { isNixoCode } from '../../model/nixo/codes.ts';
import { answerWrite } from '../idempotency/answer-write.ts';
import { createIdempotency } from '../idempotency/idempotency.ts';
import { type Faults, injectFaults } from '../faults.ts';
import type { Caller } from '../caller.ts';
import { tellOwnFault } from '../own-fault.ts';
import { refused } from '../refused.ts';
import type { Database } from '../store/store.ts';
import { createAccount, getAccount, getBalances } from './accounts.ts';
import { type NixoContext, requireKey, requireVersion } from './context.ts';
import { NixoRefusal, refusalOf } from './errors.ts';
import { cancelPayout, createPayout, getPayout, listPayouts } from './payouts.ts';
import { createRateLimit } from './rate-limit.ts';

export interface NixoOptions extends NixoContext {
  /** Said when there is new work for the schedule. */
  readonly onChange: () => void;
}

type Write = (tx: Database, context: NixoContext, body: unknown, id: string) => Promise<object>;

const CREATED = 201;

export function apiRoutes(options: NixoOptions, faults: Faults, caller: (request: Context) => Caller): Hono {
  const { db, world, config, onChange } = options;
  const idempotency = createIdempotency(db, world);
  const isTooMany = createRateLimit(world.clock);
  const app = new Hono();

  const write = (path: string, status: number, handle: Write): void => {
    app.post(path, async ({ req }) => {
      const { key } = requireKey(req.header('authorization'), req.method);
      const response = await answerWrite({
        db,
        idempotency,
        system: 'nixo',
        scope: key,
        request: req,
        act: async (tx, body) => ({
          status,
          body: JSON.stringify(await handle(tx, options, body, req.param('id') ?? '')),
        }),
        refusal: refusalOf,
        badKey: (message) => new NixoRefusal('invalid_request', message, 'Idempotency-Key'),
      });
      onChange();
      return response;
    });
  };

  app.use(
    injectFaults(faults, caller, (name) => {
      const code = name === '500' ? 'internal_error' : name;
      return isNixoCode(code) ? new NixoRefusal(code) : undefined;
    }),
  );
  app.use(async (request, next) => {
    const { req } = request;
    const { key } = requireKey(req.header('authorization'), req.method);
    if (isTooMany(config.current, key)) throw new NixoRefusal('rate_limit_exceeded');
    const version = requireVersion(req.header('nixo-version'));
    await next();
    request.res.headers.set('nixo-version', version);
  });

  write('/payouts', CREATED, createPayout);
  app.get('/payouts', async ({ req }) => Response.json(await listPayouts(db, req.query())));
  app.get('/payouts/:id', async ({ req }) => Response.json(await getPayout(db, req.param('id'))));
  write('/payouts/:id/cancel', 200, (tx, context, _body, id) => cancelPayout(tx, context, id));

  write('/accounts', CREATED, createAccount);
  app.get('/accounts/:id', async ({ req }) => Response.json(await getAccount(db, req.param('id'))));
  app.get('/accounts/:id/balances', async ({ req }) => Response.json(await getBalances(db, req.param('id'))));

  app.all('*', ({ req }) => {
    throw new NixoRefusal('not_found', `Nothing is at ${req.method} ${req.path}`);
  });
  app.onError((error) => {
    const refusal = refusalOf(error);
    if (!refusal) tellOwnFault(error);
    return refused(refusal ?? new NixoRefusal('internal_error'));
  });
  return app;
}
