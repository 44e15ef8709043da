/** S2S: a card charged from server to server. The raw card lives only as long as this request. */
import { passesLuhn } from '../../model/card-number.ts';
import { hex128, type Random } from '../../model/ids.ts';
import { type S2sReply, s2sRequest } from '../../wire/gateway/replies.ts';
import { cardEffect, type CardEffect } from './cards.ts';
import { type GatewayContext, parse, requireProvider } from './context.ts';
import { GatewayRefusal, InvalidFields } from './errors.ts';
import { checkBirthday, checkOrder, readAmount, requireWebhook } from './mint.ts';
import { finish, simulate, startCard } from './rules.ts';
import { challengeUrl } from './view.ts';

export class ProcessorBroke extends Error {
  constructor(message = 'The processor is not available') {
    super(message);
  }
}

export async function charge(context: GatewayContext, body: unknown, address: string): Promise<S2sReply> {
  const { transactions, config, world } = context;
  await checkOrder(context, body);
  const { request } = parse(s2sRequest, body);
  if (requireProvider(config.current, request.routing_id).kind !== 'card') {
    throw new GatewayRefusal(1016);
  }
  requireWebhook(config.current);
  checkBirthday(request.customer);
  const amount = readAmount(request.amount, request.currency, 'request.amount');
  if (!amount) throw new InvalidFields([{ path: 'request.amount', message: 'The amount is missing' }]);
  const { card_number: number } = request.card_details;
  if (!passesLuhn(number)) {
    throw new InvalidFields([
      { path: 'request.card_details.card_number', message: 'The number fails the Luhn check' },
    ]);
  }
  const limit = readAmount(
    request.customer.max_deposit_limit,
    request.currency,
    'request.customer.max_deposit_limit',
  );
  const overLimit = limit !== undefined && amount.minor > limit.minor;
  const begin = startCard(cardEffect(number));
  const life = overLimit
    ? finish('rejected', 'Deposit limit exceeded')
    : begin && simulate(begin, request.settings.simulate);
  if (!life) throw new ProcessorBroke();

  const challenge = beginChallenge(number, world.random);
  const begun = await transactions.begin(
    {
      token: null,
      trackingId: request.tracking_id,
      userId: request.user_id,
      type: 'deposit',
      amount: amount.minor,
      currency: request.currency,
      providerId: request.routing_id,
      cardBin: number.slice(0, 6),
      cardLastFour: number.slice(-4),
      ip: request.ip,
      customer: request.customer,
      returnUrl: request.settings.return_url ?? null,
      ...challenge,
    },
    life,
  );
  // One charge for one order: a repeated request must not move money twice.
  if (!begun) throw new GatewayRefusal(1076);
  if (challenge && life.waitsFor === 'challenge') {
    const url = bankPage(challengeUrl(address, challenge.challengeId), request.settings);
    return { url, transaction_status: begun.status };
  }
  // Without a challenge the simulator answers at once, as the document's samples do: no pause to wait through.
  const { status, reason } = begun.endsAs
    ? await transactions.change(begun, finish(begun.endsAs, begun.endsBecause ?? undefined))
    : begun;
  return { url: '', transaction_status: status, ...(reason !== null && { error: reason }) };
}

/** In the shop's language and theme, where its `settings` say them; else the bank's page asks the browser. */
function bankPage(address: string, { language, theme }: Readonly<Record<string, unknown>>): string {
  const url = new URL(address);
  if (typeof language === 'string') url.searchParams.set('lang', language);
  if (theme === 'dark' || theme === 'light') url.searchParams.set('theme', theme);
  return url.href;
}

/** The challenge of a card that asks for one, under an id that cannot be guessed. */
function beginChallenge(
  cardNumber: string,
  random: Random,
): { readonly challengeId: string; readonly challenge: 'normal' | 'fails' | 'hangs' } | undefined {
  return challengeOf(cardEffect(cardNumber), random);
}

export function challengeOf(
  effect: CardEffect,
  random: Random,
): { readonly challengeId: string; readonly challenge: 'normal' | 'fails' | 'hangs' } | undefined {
  return effect.does === 'challenges'
    ? { challengeId: hex128(random), challenge: effect.challenge }
    : undefined;
}
