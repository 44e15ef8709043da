/** The hosted cashier behind its page: what the shopper may do with a token. */
import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { passesLuhn } from '../../model/card-number.ts';
import { type Money, MoneyError, parseMoney } from '../../model/money.ts';
import type { CashierView, PaymentView } from '../pages/view.ts';
import { type Token, tokens } from '../store/schema.ts';
import { isStorable } from '../store/storable.ts';
import { challengeOf, ProcessorBroke } from './charge.ts';
import { cardEffect, type CardEffect, keptCardEffect, networksOf } from './cards.ts';
import { type GatewayContext, parse } from './context.ts';
import { type FieldFault, InvalidFields } from './errors.ts';
import { cancel, type Life, simulate, startCard, startProvider, startWithdrawal } from './rules.ts';
import { forgetCard, keepCard, savedCardsOf } from './saved-cards.ts';
import type { Provider } from './seeds.ts';
import { cashierState, cashierView, paymentView, providersFor, type Standing } from './view.ts';

/** The page is closed to this token; the view says why. */
export class CashierClosed extends Error {
  readonly view: CashierView;

  constructor(view: CashierView) {
    super(`The cashier is ${view.state}`);
    this.view = view;
  }
}

/** Another payment of the same order is under way or done. */
export class AlreadyPaying extends Error {
  readonly payment: PaymentView | undefined;

  constructor(payment: PaymentView | undefined) {
    super('Another payment of this order is under way');
    this.payment = payment;
  }
}

const payRequest = z.strictObject({
  providerId: z.string(),
  amount: z.string(),
  card: z
    .strictObject({
      holderName: z.string().trim().min(1, 'required').max(100, 'too-long'),
      number: z.string().refine(passesLuhn, 'card-number'),
      expMonth: z.string().regex(/^(0[1-9]|1[0-2])$/, 'expiry'),
      expYear: z.string().regex(/^20[0-9]{2}$/, 'expiry'),
      cvc: z.string().regex(/^[0-9]{3,4}$/, 'security-code'),
      network: z.string().max(40).optional(),
    })
    .optional(),
  saveCard: z.boolean().optional(),
  savedCard: z
    .strictObject({ id: z.string(), cvc: z.string().regex(/^[0-9]{3,4}$/, 'security-code') })
    .optional(),
  account: z
    .strictObject({
      holderName: z.string().trim().min(1, 'required').max(100, 'too-long'),
      iban: z.string().regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/, 'iban'),
    })
    .optional(),
});
type PayRequest = z.output<typeof payRequest>;

export async function standingOf(context: GatewayContext, value: string | undefined): Promise<Standing> {
  const { db, world, config, transactions } = context;
  const [token] =
    value === undefined || !isStorable(value)
      ? []
      : await db.select().from(tokens).where(eq(tokens.token, value));
  return {
    asked: value !== undefined,
    token,
    newest: token && (await transactions.newestOfToken(token.token)),
    savedCards: token && token.flow !== 'withdrawal' ? await savedCardsOf(db, token.userId) : [],
    now: world.clock.now(),
    maintenance: config.current.maintenance,
    disabledProviders: config.current.disabledProviders,
  };
}

export async function pay(
  context: GatewayContext,
  value: string | undefined,
  body: unknown,
  address: string,
): Promise<PaymentView> {
  const standing = await standingOf(context, value);
  const { token } = standing;
  if (!token || cashierState(standing) !== 'open')
    throw new CashierClosed(cashierView(standing, address, ''));
  const request = parse(payRequest, body);
  const provider = providersFor(standing).find(({ id }) => id === request.providerId);
  if (!provider) throw fault('providerId', 'unknown-provider');
  const amount = chargedAmount(token, request.amount);
  const expired = provider.kind === 'card' && isPast(request, standing.now);
  if (expired) throw fault('card.expYear', 'expired-card');
  const card = provider.kind === 'card' ? chargedCard(standing, request) : undefined;
  const life = firstLife(token, provider, request, card);
  if (!life) throw new ProcessorBroke();
  const begun = await context.transactions.begin(
    {
      token: token.token,
      trackingId: token.trackingId,
      userId: token.userId,
      type: token.flow === 'withdrawal' ? 'withdrawal' : 'deposit',
      amount: amount.minor,
      currency: amount.currency,
      providerId: provider.id,
      cardBin: card?.bin ?? null,
      cardLastFour: card?.lastFour ?? null,
      ip: token.ip,
      customer: token.customer,
      returnUrl: null,
      ...(card && challengeOf(card.effect, context.world.random)),
    },
    life,
  );
  if (begun) {
    const { db, world } = context;
    if (request.card) await keepCard(db, world.random, begun, request.card, request.saveCard === true);
    return paymentView(begun, address, token.settings);
  }
  const other = await context.transactions.newestOfTracking(token.trackingId);
  throw new AlreadyPaying(other && paymentView(other, address, token.settings));
}

/** The newest payment of the token, for the page that waits for its end. */
export async function payment(
  context: GatewayContext,
  value: string | undefined,
  address: string,
): Promise<PaymentView | undefined> {
  const { newest, token } = await standingOf(context, value);
  return newest && paymentView(newest, address, token?.settings);
}

export async function cancelPayment(
  context: GatewayContext,
  value: string | undefined,
  address: string,
): Promise<PaymentView | undefined> {
  const { newest, token } = await standingOf(context, value);
  const life = newest && cancel(newest);
  const now = newest && life ? await context.transactions.change(newest, life) : newest;
  return now && paymentView(now, address, token?.settings);
}

/** The shopper's own card is forgotten, and nobody else's. */
export async function deleteCard(
  context: GatewayContext,
  value: string | undefined,
  cardId: string,
): Promise<void> {
  const { token } = await standingOf(context, value);
  if (token) await forgetCard(context.db, token.userId, cardId);
}

interface ChargedCard {
  readonly bin: string;
  readonly lastFour: string;
  readonly effect: CardEffect;
}

/** The card that was typed, or one that was kept. */
function chargedCard({ savedCards }: Standing, { card, savedCard }: PayRequest): ChargedCard {
  if (savedCard) {
    const kept = savedCards.find(({ id }) => id === savedCard.id);
    if (!kept) throw fault('savedCard', 'unknown-card');
    const { bin, lastFour } = kept;
    return { bin, lastFour, effect: keptCardEffect(bin, lastFour) };
  }
  if (!card) throw fault('card', 'required');
  const { number, network } = card;
  if (network !== undefined && !networksOf(number).includes(network)) throw fault('card.number', 'invalid');
  return { bin: number.slice(0, 6), lastFour: number.slice(-4), effect: cardEffect(number) };
}

function firstLife(
  token: Token,
  provider: Provider,
  { account }: PayRequest,
  card: ChargedCard | undefined,
): Life | undefined {
  if (token.flow === 'withdrawal') {
    if (!account) throw fault('account', 'required');
    return startWithdrawal();
  }
  const script = token.settings.simulate;
  if (provider.behaviour !== 'by-card') return simulate(startProvider(provider.behaviour), script);
  const life = card && startCard(card.effect);
  return life && simulate(life, script);
}

/** The amount, judged by the server: what the page shows is a courtesy. */
function chargedAmount({ amount, currency, restricted, maxDeposit }: Token, text: string): Money {
  let money: Money;
  try {
    money = parseMoney(text, currency);
  } catch (error) {
    if (error instanceof MoneyError) throw fault('amount', 'amount');
    throw error;
  }
  if (money.minor <= 0n) throw fault('amount', 'amount');
  if (restricted && amount !== null && money.minor !== amount) throw fault('amount', 'amount-fixed');
  if (maxDeposit !== null && money.minor > maxDeposit) throw fault('amount', 'above-limit');
  return money;
}

/** A card works until the end of the month printed on it. */
function isPast({ card }: PayRequest, now: number): boolean {
  return card !== undefined && Date.UTC(Number(card.expYear), Number(card.expMonth)) <= now;
}

const fault = (path: string, message: FieldFault['message']): InvalidFields =>
  new InvalidFields([{ path, message }]);
