/** What a sandbox is, for those who use it and for its own routes. */
import type { Caller } from './caller.ts';
import type { Config, ConfigStore } from './config.ts';
import type { FaultRequest, Faults } from './faults.ts';
import type { Pages } from './pages/assets.ts';
import type { Schedule } from './schedule.ts';
import type { Store } from './store/store.ts';
import type { World } from './world.ts';

export interface Sandbox {
  /** Answers one request, in process or from any server. */
  fetch(request: Request, caller?: Caller): Promise<Response>;
  /** Moves the clock; what falls due on the way happens at its own time. */
  advance(ms: number): Promise<void>;
  /** Forgets everything but the seeds. */
  reset(): Promise<void>;
  state(): Promise<SandboxState>;
  close(): Promise<void>;
  /** Settled once the hosted pages can be served too; the APIs answer before. */
  ready(): Promise<void>;
}

/** What the sandbox is made of, for its routes. */
export interface SandboxParts {
  readonly store: Store;
  readonly world: World;
  readonly config: ConfigStore;
  readonly faults: Faults;
  readonly pages: Pages;
  readonly schedule: Schedule;
  readonly publicUrl: string | undefined;
}

export interface TransactionState {
  readonly id: string;
  readonly trackingId: string;
  readonly type: 'deposit' | 'withdrawal';
  readonly status: string;
  readonly waitsFor: string;
  readonly reason: string | null;
  /** Decimal string in major units. */
  readonly amount: string;
  readonly currency: string;
  readonly provider: string;
  /** `424242…4242`, for cards. */
  readonly card: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface SandboxState {
  /** ISO 8601, the sandbox's own clock. */
  readonly now: string;
  readonly store: string;
  readonly config: Config;
  readonly faults: readonly FaultRequest[];
  readonly keys: readonly {
    readonly system: string;
    readonly key: string;
    readonly note: string;
    /** For API keys. */
    readonly expired?: boolean;
  }[];
  readonly cards: readonly { readonly number: string; readonly effect: string }[];
  /** What becomes of a payout, by its reference at Nixo or its note at Nxos. */
  readonly references: readonly { readonly reference: string; readonly effect: string }[];
  readonly providers: readonly {
    readonly id: string;
    readonly name: string;
    readonly label: string;
    readonly enabled: boolean;
  }[];
  readonly tokens: number;
  readonly transactions: readonly TransactionState[];
  readonly deliveries: { readonly queued: number; readonly delivered: number; readonly dead: number };
}
