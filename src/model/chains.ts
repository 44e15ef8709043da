/** The blockchains that Nxos pays out on (its documents, Payouts), and how an address of each looks. */
interface Chain {
  readonly address: RegExp;
  /** Its coins are worth nothing. */
  readonly isTest: boolean;
}

const EVM = /^0x[0-9a-fA-F]{40}$/;
const SOLANA = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;
const TRON = /^T[1-9A-HJ-NP-Za-km-z]{33}$/;

export const CHAINS = {
  ETHEREUM_MAINNET: { address: EVM, isTest: false },
  ARBITRUM_ONE: { address: EVM, isTest: false },
  BASE_MAINNET: { address: EVM, isTest: false },
  BSC_MAINNET: { address: EVM, isTest: false },
  SOLANA_MAINNET: { address: SOLANA, isTest: false },
  TRON_MAINNET: { address: TRON, isTest: false },
  ETHEREUM_SEPOLIA: { address: EVM, isTest: true },
  ARBITRUM_SEPOLIA: { address: EVM, isTest: true },
  BASE_SEPOLIA: { address: EVM, isTest: true },
  BSC_TESTNET: { address: EVM, isTest: true },
  SOLANA_DEVNET: { address: SOLANA, isTest: true },
  TRON_NILE: { address: TRON, isTest: true },
} as const satisfies Readonly<Record<string, Chain>>;

export type ChainName = keyof typeof CHAINS;
export const CHAIN_NAMES = Object.keys(CHAINS) as ChainName[];
