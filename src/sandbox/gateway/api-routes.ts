/** The eight operations of the gateway. Paths and methods are the sandbox's own: no document names them. */
import { type Context, Hono } from 'hono';
import { type GatewayCode, isGatewayCode } from '../../model/gateway/codes.ts';
import { type Faults, injectFaults } from '../faults.ts';
import { readJson } from '../json-body.ts';
import type { Caller } from '../caller.ts';
import type { AddressOf } from '../places.ts';
import { charge, ProcessorBroke } from './charge.ts';
import { type GatewayContext, requireKey, requireUnblocked } from './context.ts';
import { decide } from './decide.ts';
import { GatewayRefusal, InvalidFields } from './errors.ts';
import { mint, mintDirect } from './mint.ts';
import { list, reportStatus } from './report.ts';

export function apiRoutes(
  context: GatewayContext,
  faults: Faults,
  caller: (request: Context) => Caller,
  addressOf: AddressOf,
): Hono {
  const app = new Hono();

  app.use(
    injectFaults(faults, caller, (fault) => {
      if (fault === '500') return new ProcessorBroke('The gateway is at fault');
      return isGatewayCode(Number(fault)) ? new GatewayRefusal(Number(fault) as GatewayCode) : undefined;
    }),
  );
  app.use(async (request, next) => {
    requireKey(context.config.current, request.req.header('x-api-key'));
    requireUnblocked(context.config.current.blockedIps, caller(request).address);
    return next();
  });

  app.post('/cashier', async ({ req }) => Response.json(await mint(context, 'deposit', await readJson(req))));
  app.post('/direct', async ({ req }) =>
    Response.json(await mintDirect(context, await readJson(req), addressOf(req))),
  );
  app.post('/s2s', async ({ req }) =>
    Response.json(await charge(context, await readJson(req), addressOf(req))),
  );
  app.post('/withdrawal', async ({ req }) =>
    Response.json(await mint(context, 'withdrawal', await readJson(req))),
  );
  app.post('/withdrawal/approve', async ({ req }) =>
    Response.json(await decide(context, 'approve', await readJson(req))),
  );
  app.post('/withdrawal/reject', async ({ req }) =>
    Response.json(await decide(context, 'reject', await readJson(req))),
  );
  app.get('/transactions', async ({ req }) =>
    Response.json(await list(context, { from: req.query('from'), to: req.query('to') })),
  );
  app.get('/transactions/status', () => {
    throw new GatewayRefusal(1021);
  });
  app.get('/transactions/:id/status', async ({ req }) =>
    Response.json(await reportStatus(context, req.param('id'))),
  );

  app.onError((error) => {
    if (error instanceof GatewayRefusal || error instanceof InvalidFields) return error.toResponse();
    if (error instanceof ProcessorBroke) {
      return Response.json({ message: error.message }, { status: 500 });
    }
    throw error;
  });
  return app;
}
