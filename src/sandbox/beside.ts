/**
 * A hook for Node's module loader (`module.register`): what is not found where it is asked for is looked for beside it,
 * in the folder that `install.ts` fills.
 */
import type { InitializeHook, ResolveHook } from 'node:module';

let folder = '';

/** Node's own word, and that of yarn's Plug'n'Play. */
const MISSING = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

export const initialize: InitializeHook<{ readonly folder: string }> = (data) => {
  ({ folder } = data);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!MISSING.includes(code) || specifier.startsWith('.')) throw error;
    return next(specifier, { ...context, parentURL: folder });
  }
};
