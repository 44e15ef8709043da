/** Where an organization wants to be told what happened. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { ALPHANUMERIC, randomText } from '../../model/ids.ts';
import { endpointPatch, endpointRequest, NXOS_ID } from '../../wire/nxos/objects.ts';
import { svixSecret } from '../../wire/nxos/signature.ts';
import { inserted } from '../store/rows.ts';
import { type NxosEndpoint, nxosEndpoints } from '../store/nxos-schema.ts';
import { isId, type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { envelope, readPage } from './paging.ts';
import { endpointView } from './view.ts';

const SECRET_BYTES = 32;
/** So that a receiver can change over without losing a message. */
const OLD_SECRET_SIGNS_MS = 24 * 3_600_000;

export async function createEndpoint({ db, world, organization }: NxosContext, body: unknown) {
  const { url, description, eventTypes } = parse(endpointRequest, body);
  const now = world.clock.now();
  const row = inserted(
    await db
      .insert(nxosEndpoints)
      .values({
        id: `ep_${randomText(world.random, 24, ALPHANUMERIC)}`,
        organization: organization.id,
        url,
        description: description ?? null,
        disabled: false,
        eventTypes: eventTypes ?? [],
        secret: svixSecret(world.random(SECRET_BYTES)),
        createdAt: now,
        updatedAt: now,
      })
      .returning(),
  );
  return endpointView(row);
}

export async function listEndpoints({ db, organization }: NxosContext, query: Record<string, string>) {
  const list = `endpoints:${organization.id}`;
  const page = readPage(query, list);
  const rows = await db
    .select()
    .from(nxosEndpoints)
    .where(
      and(
        eq(nxosEndpoints.organization, organization.id),
        page.after === undefined ? undefined : gt(nxosEndpoints.sequence, page.after),
      ),
    )
    .orderBy(asc(nxosEndpoints.sequence))
    .limit(page.limit + 1);
  return envelope(rows, page, list, endpointView);
}

export const getEndpoint = async (context: NxosContext, id: string) =>
  endpointView(await requireEndpoint(context, id));

export async function updateEndpoint(context: NxosContext, id: string, body: unknown) {
  const { url, description, eventTypes, disabled } = parse(endpointPatch, body);
  const row = await requireEndpoint(context, id);
  return endpointView(
    await change(context, row, {
      ...(url !== undefined && { url }),
      ...(description !== undefined && { description }),
      ...(eventTypes && { eventTypes }),
      // Who switches it on again begins with a clean sheet.
      ...(disabled !== undefined && { disabled, failingSince: null }),
    }),
  );
}

export async function deleteEndpoint(context: NxosContext, id: string) {
  const row = await requireEndpoint(context, id);
  await context.db.delete(nxosEndpoints).where(eq(nxosEndpoints.id, row.id));
  return { object: 'webhook_endpoint', id: row.id, deleted: true };
}

export const getSecret = async (context: NxosContext, id: string) => ({
  key: (await requireEndpoint(context, id)).secret,
});

export async function rotateSecret(context: NxosContext, id: string) {
  const row = await requireEndpoint(context, id);
  const { random, clock } = context.world;
  const { secret } = await change(context, row, {
    secret: svixSecret(random(SECRET_BYTES)),
    oldSecret: row.secret,
    oldSecretUntil: clock.now() + OLD_SECRET_SIGNS_MS,
  });
  return { key: secret };
}

async function change(
  { db, world }: NxosContext,
  row: NxosEndpoint,
  values: Partial<NxosEndpoint>,
): Promise<NxosEndpoint> {
  const [changed] = await db
    .update(nxosEndpoints)
    .set({ ...values, updatedAt: world.clock.now() })
    .where(eq(nxosEndpoints.id, row.id))
    .returning();
  return changed ?? row;
}

async function requireEndpoint({ db, organization }: NxosContext, id: string): Promise<NxosEndpoint> {
  const [row] = isId(NXOS_ID.endpoint, id)
    ? await db
        .select()
        .from(nxosEndpoints)
        .where(and(eq(nxosEndpoints.id, id), eq(nxosEndpoints.organization, organization.id)))
    : [];
  if (!row) throw new NxosRefusal('not_found');
  return row;
}
