/** Nxos's words (its documents, "Transactions", "Accounts", "Beneficiaries"). Kassa hands them on as they are. */
export const NXOS_STATUSES = ['EXPECTED', 'LOCKED', 'COMPLETED', 'DECLINED', 'REFUNDED'] as const;

export const ACCOUNT_STATUSES = ['ACTIVE', 'SUSPENDED', 'CLOSED'] as const;
export const BENEFICIARY_STATUSES = ['ACTIVE', 'INACTIVE', 'BLOCKED', 'ARCHIVED'] as const;
