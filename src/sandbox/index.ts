/** `kassa/sandbox`: the gateway, with its hosted pages, on your own machine. */
export { createSandbox, type SandboxOptions } from './app.ts';
export { ListenError, type ListenOptions, type RunningSandbox, startSandbox } from './listen.ts';
export { describeSandbox } from './banner.ts';
export { StoreError } from './store/errors.ts';
export type { Sandbox, SandboxState } from './parts.ts';
export type { Clock } from './world.ts';
