/**
 * A webhook of three sizes, from its body to its event, beside the same hash by bare `node:crypto`. In CPU time, which a
 * busy machine stretches less than the clock.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { signNixo } from '../src/wire/nixo/signature.ts';
import { signSvix } from '../src/wire/nxos/signature.ts';
import { WEBHOOKS } from '../test/fixtures/gateway-examples.ts';
import { peer } from './peers.ts';
import { publishedServer, type Server } from './published.ts';
import { type Bench, compare, type Variant } from './report.ts';

const PASSWORD = 'spg_test_kassa_0001';
const SVIX_SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
/** Bytes, and the most that Kassa should take of the floor's time. */
const SIZES = [
  [212, 1.3],
  [2_000, 1.15],
  [20_000, 1.1],
] as const;
/** Of the body, so that a measurement takes some ten milliseconds whatever the size. */
const BYTES_A_BATCH = 4_000_000;
const MOST_A_BATCH = 4_000;

const timesOf = (size: number): number => Math.min(MOST_A_BATCH, Math.ceil(BYTES_A_BATCH / size));

/** Microseconds of CPU for one call. */
async function cpuOf(times: number, call: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) {
    const made = call();
    if (made instanceof Promise) await made;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

const NXOS = { type: 'payout.completed', data: { id: 'po_1', status: 'completed', amount: '200.00' } };
const NIXO = { type: 'payout.completed', data: { object: { id: 'po_1', status: 'completed' } } };

function bodyOf(content: object, size: number): string {
  const bare = JSON.stringify({ ...content, note: '' });
  return bare.length > size
    ? JSON.stringify(content)
    : JSON.stringify({ ...content, note: 'x'.repeat(size - bare.length) });
}

function same(left: string, right: string): void {
  if (!timingSafeEqual(Buffer.from(left), Buffer.from(right))) throw new Error('The signature is wrong.');
}

async function gatewayGroup(
  bench: Bench,
  { signWebhook, verifyWebhook }: Server,
  size: number,
  goal: number,
): Promise<void> {
  const body = bodyOf(WEBHOOKS.withdrawal, size);
  const bytes = Buffer.from(body);
  const signature = await signWebhook(body, PASSWORD);
  const bare = (raw: string | Buffer): unknown => {
    const hash = createHash('sha1').update(raw).update(PASSWORD).digest('hex').toUpperCase();
    same(hash, signature);
    return JSON.parse(raw as string);
  };
  for (const [kind, raw] of [
    ['text', body],
    ['bytes', bytes],
  ] as const) {
    await compare(
      bench,
      { name: `the gateway's webhook, ${body.length} B as ${kind}`, unit: 'µs of CPU', warmUps: 10 },
      [
        { name: 'bare node:crypto', measure: () => cpuOf(timesOf(size), () => bare(raw)) },
        {
          name: 'kassa',
          measure: () => cpuOf(timesOf(size), () => verifyWebhook(raw, signature, PASSWORD)),
          goal,
        },
      ],
    );
  }
}

interface StripeModule {
  readonly default: new (key: string) => {
    readonly webhooks: {
      constructEvent(body: string, header: string, secret: string): unknown;
      generateTestHeaderString(given: { payload: string; secret: string }): string;
    };
  };
}
interface SvixModule {
  readonly Webhook: new (secret: string) => {
    verify(body: string, headers: Record<string, string>): unknown;
  };
}

/** The schemes of HMAC: all over the same body, each with its own headers. */
async function hmacGroup(
  bench: Bench,
  { verifyNixoWebhook, verifyNxosWebhook }: Server,
  size: number,
): Promise<void> {
  const body = bodyOf(NXOS, size);
  const nixoBody = bodyOf(NIXO, size);
  const timestamp = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', PASSWORD).update(`${timestamp}.${body}`).digest('hex');
  const svix = await signSvix({ id: 'msg_1', timestamp, body }, SVIX_SECRET);
  const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(timestamp), 'svix-signature': svix };
  const nixo = `t=${timestamp},v1=${await signNixo(nixoBody, timestamp, PASSWORD)}`;
  const variant = (name: string, call: () => unknown): Variant => ({
    name,
    measure: () => cpuOf(timesOf(size), call),
  });
  const [stripe, standard, official] = [
    await peer<StripeModule>('stripe'),
    await peer<SvixModule>('standardwebhooks'),
    await peer<SvixModule>('svix'),
  ];
  const variants = [
    variant('bare node:crypto', () => {
      same(createHmac('sha256', PASSWORD).update(`${timestamp}.${body}`).digest('hex'), mac);
      return JSON.parse(body) as unknown;
    }),
    variant('kassa, Nxos', () => verifyNxosWebhook(body, headers, SVIX_SECRET)),
    variant('kassa, Nixo', () => verifyNixoWebhook(nixoBody, nixo, PASSWORD)),
  ];
  if (stripe) {
    const { webhooks } = new stripe.default('sk_test_bench');
    const header = webhooks.generateTestHeaderString({ payload: body, secret: PASSWORD });
    variants.push(variant('stripe', () => webhooks.constructEvent(body, header, PASSWORD)));
  }
  if (standard) {
    const webhook = new standard.Webhook(SVIX_SECRET);
    const named = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.replace('svix', 'webhook'), value]),
    );
    variants.push(variant('standardwebhooks', () => webhook.verify(body, named)));
  }
  if (official) {
    const webhook = new official.Webhook(SVIX_SECRET);
    variants.push(variant('svix', () => webhook.verify(body, headers)));
  }
  await compare(
    bench,
    { name: `a webhook with HMAC-SHA256, ${body.length} B`, unit: 'µs of CPU', warmUps: 10 },
    variants,
  );
}

export async function benchWebhooks(bench: Bench): Promise<void> {
  const server = await publishedServer();
  for (const [size, goal] of SIZES) await gatewayGroup(bench, server, size, goal);
  for (const [size] of SIZES) await hmacGroup(bench, server, size);
}
