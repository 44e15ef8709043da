/** `/_sandbox`: what no real system has. State, time, settings, faults, deliveries, reset. */
import { asc } from 'drizzle-orm';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod';
import { configPatch } from '../config.ts';
import { faultRequest } from '../faults.ts';
import { readJson } from '../json-body.ts';
import { findViolations } from '../ledger/invariants.ts';
import { NixoRefusal } from '../nixo/errors.ts';
import { incomingRequest, receiveTransfer } from '../nixo/levers.ts';
import { accountRequest, makeOrganization, organizationRequest, setAccountStatus } from '../nxos/levers.ts';
import { pageHeaders } from '../pages/headers.ts';
import { resend } from '../outbox/outbox.ts';
import { deliveries } from '../store/schema.ts';
import type { Sandbox, SandboxParts } from '../parts.ts';

const clockRequest = z.strictObject({
  advanceMs: z
    .number()
    .int()
    .min(0)
    .max(366 * 86_400_000),
});

export type ControlledSandbox = Pick<Sandbox, 'advance' | 'reset' | 'state'>;

export function controlRoutes(parts: SandboxParts, sandbox: ControlledSandbox): Hono {
  const { store, world, config, faults, pages, schedule } = parts;
  const app = new Hono();

  app.use(refuseForeignPages(parts.publicUrl));
  app.get('/', () => new Response(pages.control(), { headers: pageHeaders("'none'") }));
  app.get('/state', async () => Response.json(await sandbox.state()));
  app.get('/deliveries', async () =>
    Response.json(await store.db.select().from(deliveries).orderBy(asc(deliveries.sequence))),
  );
  app.post('/deliveries/:id/resend', async ({ req }) => {
    if (!(await resend(store.db, world, req.param('id')))) {
      return Response.json({ message: 'There is no such delivery.' }, { status: 404 });
    }
    schedule.wake();
    return Response.json({ queued: true }, { status: 202 });
  });
  app.post('/reset', async () => {
    await sandbox.reset();
    return Response.json(await sandbox.state());
  });
  app.post('/clock', async ({ req }) => {
    const { advanceMs } = parse(clockRequest, await readJson(req));
    await sandbox.advance(advanceMs);
    return Response.json({ now: new Date(world.clock.now()).toISOString() });
  });
  app.post('/config', async ({ req }) =>
    Response.json(await config.update(parse(configPatch, await readJson(req)))),
  );
  app.post('/faults', async ({ req }) => {
    faults.arm(parse(faultRequest, await readJson(req)));
    return Response.json({ armed: faults.armed });
  });
  app.get('/invariants', async () => Response.json({ violations: await findViolations(store.db) }));
  app.post('/nixo/incoming', async ({ req }) => {
    const transfer = parse(incomingRequest, await readJson(req));
    const received = await receiveTransfer({ db: store.db, world, config }, transfer);
    schedule.wake();
    return Response.json(received);
  });
  app.post('/nxos/organizations', async ({ req }) =>
    Response.json(await makeOrganization(store.db, world, parse(organizationRequest, await readJson(req)))),
  );
  app.post('/nxos/accounts/:id', async ({ req }) => {
    const change = parse(accountRequest, await readJson(req));
    const changed = await setAccountStatus(store.db, world, req.param('id'), change);
    if (changed) return Response.json(changed);
    return Response.json({ message: 'There is no such account, or it is closed for ever.' }, { status: 409 });
  });
  app.get('/assets/:name', async ({ req }) => {
    const asset = await pages.asset(req.param('name'));
    if (!asset) return new Response('Not found', { status: 404 });
    return new Response(asset.body, { headers: { 'content-type': asset.type, 'cache-control': 'no-cache' } });
  });

  app.onError((error) => {
    if (error instanceof NixoRefusal) {
      return Response.json({ message: error.message }, { status: error.status });
    }
    if (error instanceof InvalidControl) return Response.json({ message: error.message }, { status: 422 });
    throw error;
  });
  return app;
}

class InvalidControl extends Error {}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new InvalidControl(z.prettifyError(result.error));
}

const LOCAL_HOST = /^(localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]|[a-z0-9-]+\.localhost)(:[0-9]+)?$/;

/**
 * Any page open in the developer's browser can post to loopback, and DNS rebinding can make a foreign name resolve
 * here. So the name must be a local one, or the one that was named for a proxy in front of the sandbox, and a browser
 * must say that the request comes from the page itself.
 */
const refuseForeignPages =
  (publicUrl: string | undefined): MiddlewareHandler =>
  async (context, next) => {
    const named = publicUrl === undefined ? undefined : new URL(publicUrl).host;
    const host = context.req.header('host') ?? new URL(context.req.url).host;
    const site = context.req.header('sec-fetch-site');
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    if ((!LOCAL_HOST.test(host) && host !== named) || (foreign && context.req.method !== 'GET')) {
      return Response.json(
        { message: 'The control routes answer only to this machine and to the sandbox’s own page.' },
        { status: 403 },
      );
    }
    await next();
    return undefined;
  };
