/** How rows look on the wire. */
import { type Asset, formatAmount } from '../../model/assets.ts';
import type {
  NxosAccount,
  NxosBeneficiary,
  NxosEndpoint,
  nxosFundingMethods,
  NxosOrganization,
  NxosQuote,
  NxosTransaction,
} from '../store/nxos-schema.ts';
import { iso } from './context.ts';
import { appliedRate, type QuoteStatus } from './rules.ts';

type FundingMethod = typeof nxosFundingMethods.$inferSelect;

/** The newer documents' word; the older ones show no other way of funding than a bank account. */
const CRYPTO_ADDRESS = 'CRYPTO_ADDRESS';

export const balanceView = (asset: Asset, amount: bigint) => ({
  object: 'balance',
  asset,
  amount: formatAmount(amount, asset),
});

export const accountView = (account: NxosAccount, methods: readonly FundingMethod[]) => ({
  object: 'account',
  accountId: account.id,
  name: account.name,
  description: account.description,
  isPrimary: account.isPrimary,
  status: account.status,
  fundingMethods: methods
    .filter(({ accountId }) => accountId === account.id)
    .map(({ id, name, crypto, createdAt }) => ({
      object: 'funding_method',
      fundingMethodId: id,
      name,
      type: crypto ? CRYPTO_ADDRESS : 'BANK_ACCOUNT',
      status: 'ACTIVE',
      createdAt: iso(createdAt),
    })),
  createdAt: iso(account.createdAt),
  updatedAt: iso(account.updatedAt),
});

export const fundingMethodDetailView = ({ id, accountId, name, crypto, createdAt }: FundingMethod) => ({
  object: 'funding_method',
  fundingMethodId: id,
  accountId,
  name,
  type: crypto ? CRYPTO_ADDRESS : 'BANK',
  status: 'ACTIVE',
  supportedAssets: crypto ? ['USDC', 'USDT'] : ['USD'],
  details: crypto
    ? { ...crypto, chainDisplayName: displayName(crypto.chainName) }
    : { bankName: 'Sandbox Bank', routingNumber: '021000021', accountNumber: accountId.slice(-12) },
  createdAt: iso(createdAt),
});

/** `BASE_SEPOLIA` as people write it. */
const displayName = (chain: string): string =>
  chain
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');

/** Also one that is still to be written: nobody is shown its place in the table. */
export type SeenTransaction = Omit<NxosTransaction, 'sequence'>;

/** What every transaction begins with. */
const movement = (row: SeenTransaction) => ({
  object: 'transaction',
  transactionId: row.id,
  type: row.type,
  status: row.status,
  accountId: row.accountId,
  beneficiaryId: row.beneficiaryId,
  amount: formatAmount(row.amount, row.asset),
  asset: row.asset,
});

/** Exactly the ten fields that the documents print. */
export const transferView = (row: SeenTransaction, targetHandle: string) => ({
  ...movement(row),
  targetHandle,
  createdAt: iso(row.createdAt),
});

/** What belongs to the kind of payout stands beside the rest, as in the answer to a transfer. */
export const payoutView = (row: NxosTransaction) => ({
  ...movement(row),
  fee: feeView(row),
  ...row.details,
  createdAt: iso(row.createdAt),
});

function feeView({ fee, feeFixed, feeBps: bps, asset }: SeenTransaction) {
  if (fee === null || feeFixed === null) return null;
  return {
    fixed: formatAmount(feeFixed, asset),
    bps,
    bpsAmount: formatAmount(fee - feeFixed, asset),
    total: formatAmount(fee, asset),
    asset,
  };
}

export const transactionView = (row: SeenTransaction) => ({
  ...movement(row),
  description: row.description,
  tags: row.tags,
  metadata: row.metadata,
  fee: feeView(row),
  details: row.details,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
});

export function beneficiaryView({ details, ...row }: NxosBeneficiary) {
  const text = (name: string): string | null => details[name] ?? null;
  return {
    object: 'beneficiary',
    beneficiaryId: row.id,
    accountId: row.accountId,
    type: row.type,
    nickname: row.nickname,
    status: row.status,
    entityType: text('entityType'),
    email: text('email'),
    phoneNumber: text('phoneNumber'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    businessName: text('businessName'),
    country: text('country'),
    addressLine1: text('addressLine1'),
    addressLine2: text('addressLine2'),
    city: text('city'),
    region: text('region'),
    zipCode: text('zip'),
    crypto: row.crypto,
    bank: row.bank,
    nxosnet: row.targetHandle === null ? null : { targetHandle: row.targetHandle },
    createdAt: iso(row.createdAt),
  };
}

export const settingsView = ({ enabled, handle, showName }: NxosOrganization) => ({
  object: 'nxosnet_settings',
  enabled,
  handle,
  showOrganizationName: showName,
});

export const quoteView = (row: NxosQuote, status: QuoteStatus) => ({
  object: 'quote',
  quoteId: row.id,
  accountId: row.accountId,
  fromAsset: row.fromAsset,
  toAsset: row.toAsset,
  fromAmount: formatAmount(row.fromAmount, row.fromAsset),
  toAmount: formatAmount(row.toAmount, row.toAsset),
  appliedRate: appliedRate(row),
  spread: { fee: formatAmount(row.fee, row.fromAsset), asset: row.fromAsset },
  status,
  expiresAt: iso(row.expiresAt),
  createdAt: iso(row.createdAt),
});

export const tradeView = (quote: NxosQuote, transactionId: string, at: number) => ({
  object: 'trade',
  transactionId,
  quoteId: quote.id,
  fromAsset: quote.fromAsset,
  toAsset: quote.toAsset,
  fromAmount: formatAmount(quote.fromAmount, quote.fromAsset),
  toAmount: formatAmount(quote.toAmount, quote.toAsset),
  status: 'COMPLETED',
  createdAt: iso(at),
});

export const endpointView = (row: NxosEndpoint) => ({
  object: 'webhook_endpoint',
  id: row.id,
  url: row.url,
  description: row.description,
  disabled: row.disabled,
  eventTypes: row.eventTypes,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
});
