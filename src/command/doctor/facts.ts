/** What is known of a shop's page, however it was found out; what is wrong with it is decided in `checks.ts`. */

export interface Script {
  /** Absolute. */
  readonly src: string;
  readonly hasIntegrity: boolean;
}

export interface Tag {
  /** Absolute. */
  readonly sessionUrl: string | undefined;
  readonly flow: string;
  /** The element's own state; without a browser, nobody knows. */
  readonly state?: string;
}

export interface SaidError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What the shop's session route answered. */
export interface SessionAnswer {
  readonly url: string;
  /** 0 when nothing came. */
  readonly status: number;
  readonly cashierUrl?: string;
  readonly statusUrl?: string;
  readonly returnUrl?: string;
  readonly error?: SaidError;
}

export interface Facts {
  /** Of the page, after its redirects. */
  readonly url: string;
  readonly by: 'browser' | 'http';
  readonly headers: Readonly<Record<string, string>>;
  /** Of `<meta http-equiv="content-security-policy">`. */
  readonly metaPolicies: readonly string[];
  readonly scripts: readonly Script[];
  readonly tags: readonly Tag[];
  readonly sessions: readonly SessionAnswer[];
  /** By the address of the hosted page: the headers of what stands there. */
  readonly hosted: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of what the browser refused: `frame-src` and what it would have loaded. */
  readonly blocked: readonly { readonly directive: string; readonly url: string }[];
  /** Of `kassa-error`. */
  readonly errors: readonly SaidError[];
}
