/**
 * What travels between a shop's backend and Nxos, in Nxos's own words. Amounts are strings at the asset's native scale,
 * times ISO 8601 with milliseconds, lists come in an envelope with a cursor, and every resource names its `object`.
 */
import * as z from 'zod';
import { safeUrl } from '../../model/safe-url.ts';
import { metadata } from './metadata.ts';
import { checkRange, pageSize, time } from '../parameters.ts';
import {
  asset,
  checkAmount,
  checkOrder,
  country,
  id,
  nickname,
  nullable,
  NXOS_ID,
  order,
  short,
  tags,
  timestamp,
  word,
} from './fields.ts';
import { bankPayee, cryptoPayee, payoutFee } from './payouts.ts';

export { asset, NXOS_ID } from './fields.ts';
export * from './payouts.ts';

export const transferRequest = z.object({ ...order, asset }).check(checkOrder);
export type TransferRequest = z.input<typeof transferRequest>;

/** 3 to 32 lower-case letters, digits and single hyphens inside. */
export const handle = z
  .string()
  .min(3)
  .max(32)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

const identity = {
  entityType: z.enum(['INDIVIDUAL', 'BUSINESS']).optional(),
  email: short,
  phoneNumber: short,
  firstName: short,
  lastName: short,
  dateOfBirth: z.iso.date().optional(),
  businessName: short,
  registrationNumber: short,
  addressLine1: short,
  addressLine2: short,
  city: short,
  region: short,
  zip: short,
  country,
  taxId: short,
  taxIdType: short,
};

export const nxosnetBeneficiaryRequest = z.object({
  accountId: id,
  nickname,
  targetHandle: handle,
  ...identity,
  tags: tags.optional(),
  metadata: metadata.optional(),
});
export type NxosnetBeneficiaryRequest = z.input<typeof nxosnetBeneficiaryRequest>;

export const nxosnetSettingsRequest = z
  .object({
    enabled: z.boolean().optional(),
    handle: handle.optional(),
    showOrganizationName: z.boolean().optional(),
  })
  .refine((value) => Object.values(value).some((field) => field !== undefined), {
    message: 'names no setting',
  });
export type NxosnetSettingsRequest = z.input<typeof nxosnetSettingsRequest>;

export const quoteRequest = z
  .object({
    accountId: id,
    fromAsset: asset,
    toAsset: asset,
    fromAmount: z.string().optional(),
    toAmount: z.string().optional(),
  })
  .check(({ value, issues }) => {
    const { fromAsset, toAsset, fromAmount, toAmount } = value;
    if (fromAsset === toAsset) {
      issues.push({ code: 'custom', path: ['toAsset'], message: 'must be another asset', input: toAsset });
    }
    if ((fromAmount === undefined) === (toAmount === undefined)) {
      issues.push({
        code: 'custom',
        path: ['fromAmount'],
        message: 'give fromAmount or toAmount, and only one of them',
        input: fromAmount,
      });
    } else if (fromAmount !== undefined) {
      checkAmount({ text: fromAmount, asset: fromAsset, path: 'fromAmount' }, issues);
    } else if (toAmount !== undefined) {
      checkAmount({ text: toAmount, asset: toAsset, path: 'toAmount' }, issues);
    }
  });
export type QuoteRequest = z.input<typeof quoteRequest>;

/** How a list of transactions may be narrowed: words and times as Nxos reads them, both ends included. */
export const transactionFilter = z
  .object({
    accountId: id.optional(),
    type: z.array(z.string().min(1)).optional(),
    status: z.array(z.string().min(1)).optional(),
    /** ISO 8601: a day, or a time with its zone. */
    createdAtGte: time.optional(),
    createdAtLte: time.optional(),
    limit: pageSize,
  })
  .check(checkRange('createdAtGte', 'createdAtLte'));
export type TransactionFilter = z.input<typeof transactionFilter>;

export const beneficiaryFilter = z.object({
  accountId: id,
  type: z.enum(['NXOSNET', 'CRYPTO', 'BANK']).optional(),
  limit: pageSize,
});
export type BeneficiaryFilter = z.input<typeof beneficiaryFilter>;

export const listFilter = z.object({ limit: pageSize });
export type ListFilter = z.input<typeof listFilter>;

export const EVENT_TYPES = ['transaction.status.updated', 'organization.verification.updated'] as const;

export const endpointRequest = z.object({
  url: z.url().refine((url) => safeUrl(url) !== undefined, {
    message: 'must be https, or http on this machine',
  }),
  description: z.string().optional(),
  /** Empty for all. */
  eventTypes: z.array(z.enum(EVENT_TYPES)).optional(),
});
export type EndpointRequest = z.input<typeof endpointRequest>;

export const endpointPatch = z.object({
  ...endpointRequest.partial().shape,
  disabled: z.boolean().optional(),
});
export type EndpointPatch = z.input<typeof endpointPatch>;

export const balance = z.looseObject({ object: z.literal('balance'), asset: word, amount: z.string() });
export const fundingMethod = z.looseObject({
  object: z.literal('funding_method'),
  fundingMethodId: z.string(),
  name: z.string(),
  type: word,
  status: word,
  createdAt: timestamp,
});
/** Asked for by itself, in words of its own: BANK or CRYPTO_ADDRESS, and ACTIVE, INACTIVE or DELETED. */
export const fundingMethodDetail = z.looseObject({
  ...fundingMethod.shape,
  accountId: z.string(),
  supportedAssets: z.array(word),
  details: z.record(z.string(), z.unknown()),
});
/** In a list, without balances. */
export const account = z.looseObject({
  object: z.literal('account'),
  accountId: z.string().regex(NXOS_ID.account),
  name: z.string(),
  description: z.string().nullable(),
  isPrimary: z.boolean(),
  status: word,
  fundingMethods: z.array(fundingMethod),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export const accountDetail = z.looseObject({ ...account.shape, balances: z.array(balance) });

/** Exactly what the documents print for a transfer. */
export const nxosnetTransfer = z.looseObject({
  object: z.literal('transaction'),
  transactionId: z.string().regex(NXOS_ID.transaction),
  type: z.literal('NXOSNET_TRANSFER'),
  status: z.literal('COMPLETED'),
  accountId: z.string(),
  beneficiaryId: z.string(),
  amount: z.string(),
  asset: word,
  targetHandle: z.string(),
  createdAt: timestamp,
});

export const transaction = z.looseObject({
  object: z.literal('transaction'),
  transactionId: z.string().regex(NXOS_ID.transaction),
  type: word,
  status: word,
  accountId: z.string(),
  beneficiaryId: z.string().nullable(),
  amount: z.string(),
  asset: word,
  description: z.string().nullable(),
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  fee: payoutFee.nullable(),
  details: z.record(z.string(), z.unknown()),
  createdAt: timestamp,
  updatedAt: timestamp,
});

export const beneficiary = z.looseObject({
  object: z.literal('beneficiary'),
  beneficiaryId: z.string().regex(NXOS_ID.beneficiary),
  accountId: z.string(),
  type: word,
  nickname: z.string(),
  status: word,
  entityType: nullable,
  email: nullable,
  phoneNumber: nullable,
  firstName: nullable,
  lastName: nullable,
  businessName: nullable,
  country: nullable,
  addressLine1: nullable,
  addressLine2: nullable,
  city: nullable,
  region: nullable,
  zipCode: nullable,
  crypto: cryptoPayee.nullable(),
  bank: bankPayee.nullable(),
  nxosnet: z.looseObject({ targetHandle: z.string() }).nullable(),
  createdAt: timestamp,
});
export const archivedBeneficiary = z.looseObject({
  object: z.literal('beneficiary'),
  beneficiaryId: z.string(),
  deleted: z.literal(true),
});

export const nxosnetSettings = z.looseObject({
  object: z.literal('nxosnet_settings'),
  enabled: z.boolean(),
  handle: nullable,
  showOrganizationName: z.boolean(),
});

export const quote = z.looseObject({
  object: z.literal('quote'),
  quoteId: z.string().regex(NXOS_ID.quote),
  accountId: z.string(),
  fromAsset: word,
  toAsset: word,
  fromAmount: z.string(),
  toAmount: z.string(),
  /** From by to, for reading: the amounts are what is exact. */
  appliedRate: z.string(),
  spread: z.looseObject({ fee: z.string(), asset: word }).nullable(),
  status: word,
  expiresAt: timestamp,
  createdAt: timestamp,
});

export const trade = z.looseObject({
  object: z.literal('trade'),
  transactionId: z.string().regex(NXOS_ID.transaction),
  quoteId: z.string(),
  fromAsset: word,
  fromAmount: z.string(),
  toAsset: word,
  toAmount: z.string(),
  status: word,
  createdAt: timestamp,
});

export const endpoint = z.looseObject({
  object: z.literal('webhook_endpoint'),
  id: z.string().regex(NXOS_ID.endpoint),
  url: z.string(),
  description: nullable,
  disabled: z.boolean(),
  eventTypes: z.array(word),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export const endpointSecret = z.looseObject({ key: z.string() });
export const deletedEndpoint = z.looseObject({
  object: z.literal('webhook_endpoint'),
  id: z.string(),
  deleted: z.literal(true),
});

const listOf = <T extends z.ZodType>(item: T) =>
  z.looseObject({
    object: z.literal('list'),
    data: z.array(item),
    hasMore: z.boolean(),
    nextCursor: z.string().nullable(),
  });
export const accountList = listOf(account);
export const beneficiaryList = listOf(beneficiary);
export const transactionList = listOf(transaction);
export const endpointList = listOf(endpoint);

export const nxosError = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string(), requestId: z.string() }),
});

/** The body of a webhook. The shape of `data` is in no document; it is the transaction here. */
export const nxosEvent = z.looseObject({ type: word, timestamp, data: z.record(z.string(), z.unknown()) });
