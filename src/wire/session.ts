/** What the shop's own backend (`createKassa`) and the element say to each other over HTTP. */
import * as z from 'zod';
import { FLOWS } from '../model/flows.ts';
import { languageTag } from '../model/languages.ts';
import { STATUSES } from '../model/statuses.ts';

/** What `POST session-url` carries. Amount, currency and user are the backend's to decide, never the browser's. */
export const sessionRequest = z.strictObject({
  flow: z.enum(FLOWS),
  /** Whatever the page says its language is. */
  lang: z.unknown().optional().transform(languageTag),
});
export type SessionRequest = z.infer<typeof sessionRequest>;

/** What `POST session-url` answers: a token and the page it is used in, or the address of a page that needs none. */
export const session = z
  .strictObject({
    token: z.string().default(''),
    flow: z.enum(FLOWS),
    trackingId: z.string().min(1),
    /** The hosted page's absolute URL, without the token. */
    cashierUrl: z.string().default(''),
    /** The page of one provider, to which the shopper is sent: the other answer to a direct order. */
    url: z.string().optional(),
    statusUrl: z.string().optional(),
    returnUrl: z.string().optional(),
    /** ISO 8601, UTC: when the token stops working. */
    expiresAt: z.string().optional(),
  })
  .refine(({ token, cashierUrl, url }) => Boolean(url) || (token !== '' && cashierUrl !== ''), {
    message: 'needs token and cashierUrl, or url',
  });
export type Session = z.infer<typeof session>;

/** What `GET session-url` answers: where the hosted page is, before there is a session. */
export const cashierAddress = z.strictObject({ cashierUrl: z.string().min(1) });
export type CashierAddress = z.infer<typeof cashierAddress>;

/**
 * What the status route answers, as JSON or as the data of each server-sent event (event name `status`):
 * the only source from which the element says `verified: true`.
 */
export const statusReport = z.strictObject({
  trackingId: z.string().min(1),
  status: z.enum(STATUSES),
  /** The gateway's own word; empty while it has said nothing yet. */
  rawStatus: z.string(),
  transactionId: z.string().optional(),
  reason: z.string().optional(),
});
export type StatusReport = z.infer<typeof statusReport>;

/** A payment of the order that was asked for, to be followed instead of opening a second one. */
export const openPayment = z.strictObject({
  trackingId: z.string().min(1),
  flow: z.enum(FLOWS),
  statusUrl: z.string().min(1),
  /** The gateway's own word. */
  transaction_status: z.string(),
});

export type OpenPayment = z.infer<typeof openPayment>;

/** The JSON body of every refusal of Kassa's own routes. */
export const routeError = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }),
  /** With 409 of the session route: the order is paid already, or its payment is under way. */
  payment: openPayment.optional(),
});
export type RouteError = z.infer<typeof routeError>;
