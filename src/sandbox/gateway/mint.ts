/** Cashier, direct and withdrawal: a token for a hosted page. */
import type * as z from 'zod';
import type { Flow } from '../../model/flows.ts';
import { cashierToken } from '../../model/ids.ts';
import { minorDigits, type Money, MoneyError, moneyFromWire } from '../../model/money.ts';
import { cashierRequest, directRequest, withdrawalRequest } from '../../wire/gateway/replies.ts';
import { readDay } from './dates.ts';
import { type GatewayContext, parse, peek, requireProvider, requireUnblocked } from './context.ts';
import { GatewayRefusal, InvalidFields } from './errors.ts';
import type { NewToken } from './tokens.ts';
import { cashierUrl } from './view.ts';

/** A token is the gateway's promise to one shopper; half an hour is the sandbox's choice, no document says. */
const TOKEN_LIFE_MS = 30 * 60_000;

const SCHEMAS = { deposit: cashierRequest, direct: directRequest, withdrawal: withdrawalRequest } as const;
type MintRequest = z.output<(typeof SCHEMAS)[Flow]>['request'];

export async function mint(context: GatewayContext, flow: Flow, body: unknown): Promise<{ token: string }> {
  checkCaller(context, body);
  let token: NewToken;
  try {
    token = tokenFor(context, flow, body);
  } catch (refusal) {
    // That an order is paid is said before what else is wrong with it.
    await requireUnpaid(context, body);
    throw refusal;
  }
  if (!(await context.tokens.keep(token))) throw new GatewayRefusal(1076);
  return { token: token.token };
}

function tokenFor({ world, config }: GatewayContext, flow: Flow, body: unknown): NewToken {
  const { request } = parse<z.ZodType<{ request: MintRequest }>>(SCHEMAS[flow], body);
  const providerId = 'provider_id' in request ? String(request.provider_id) : null;
  if (providerId !== null && requireProvider(config.current, providerId).direction !== 'in') {
    throw new GatewayRefusal(1016);
  }
  requireWebhook(config.current);
  checkBirthday(request.customer);

  const amount = readAmount(request.amount, request.currency, 'request.amount');
  const maxDeposit = readAmount(
    request.customer.max_deposit_limit,
    request.currency,
    'request.customer.max_deposit_limit',
  );
  const now = world.clock.now();
  return {
    token: cashierToken(world.random),
    flow,
    trackingId: request.tracking_id,
    userId: request.user_id,
    amount: amount?.minor ?? null,
    currency: request.currency,
    // Only the deposit cashier lets the shopper choose; elsewhere the amount is part of the order.
    restricted: 'amount_restricted' in request ? request.amount_restricted === true : true,
    maxDeposit: flow === 'withdrawal' ? null : (maxDeposit?.minor ?? null),
    providerId,
    theme: 'theme' in request && request.theme === 'dark' ? 'dark' : 'light',
    ip: request.ip,
    settings: request.settings,
    customer: request.customer,
    createdAt: now,
    expiresAt: now + TOKEN_LIFE_MS,
  };
}

/** The documents show no answer to a direct order: a token, or, where the control routes say so, the page itself. */
export async function mintDirect(
  context: GatewayContext,
  body: unknown,
  address: string,
): Promise<{ token: string } | { url: string }> {
  const minted = await mint(context, 'direct', body);
  return context.config.current.directAnswers === 'url' ? { url: cashierUrl(address, minted.token) } : minted;
}

/** The checks that mints and S2S share, in the order a shop meets them: caller, tracking id, mode, paid, then the shape. */
export async function checkOrder(context: GatewayContext, body: unknown): Promise<void> {
  checkCaller(context, body);
  await requireUnpaid(context, body);
}

function checkCaller({ config }: GatewayContext, body: unknown): void {
  requireUnblocked(config.current.blockedIps, peek(body, 'request', 'ip'));
  if (isMissing(peek(body, 'request', 'tracking_id'))) throw new GatewayRefusal(1089);
  // The seeded keys are DEV keys, and a DEV key has no live credentials.
  const mode = peek(body, 'request', 'mode');
  if (typeof mode === 'string' && mode.trim().toLowerCase() === 'live') throw new GatewayRefusal(1016);
}

async function requireUnpaid({ transactions }: GatewayContext, body: unknown): Promise<void> {
  const trackingId = peek(body, 'request', 'tracking_id');
  const earlier =
    typeof trackingId === 'string' ? await transactions.newestOfTracking(trackingId) : undefined;
  if (earlier?.status === 'successful') throw new GatewayRefusal(1076);
}

const isMissing = (given: unknown): boolean =>
  given === undefined || given === null || (typeof given === 'string' && given.trim() === '');

/** Day first, with slashes or dashes, or ISO; the 31st of February is none. */
export function checkBirthday({ dob }: { readonly dob?: string | undefined }): void {
  if (dob === undefined || readDay(dob) !== undefined) return;
  throw new InvalidFields([{ path: 'request.customer.dob', message: 'Write a real day as DD/MM/YYYY' }]);
}

export function requireWebhook({ webhookUrl, webhookDown }: GatewayContext['config']['current']): void {
  if (webhookUrl === null || webhookDown) throw new GatewayRefusal(1229);
}

export function readAmount(
  value: number | string | undefined,
  currency: string,
  path: string,
): Money | undefined {
  if (minorDigits(currency) === undefined) {
    throw new InvalidFields([{ path: 'request.currency', message: `"${currency}" is not an ISO 4217 code` }]);
  }
  if (value === undefined) return undefined;
  try {
    const money = moneyFromWire(value, currency);
    if (money.minor > 0n) return money;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new InvalidFields([{ path, message: error.message }]);
  }
  throw new InvalidFields([{ path, message: 'The amount must be above zero' }]);
}
