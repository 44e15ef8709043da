/** Commander, with its options typed: the second package is types alone, and stays at home. */
import * as plain from 'commander';
import type * as typed from '@commander-js/extra-typings';

export const { Argument, Command, InvalidArgumentError, Option } = plain as unknown as typeof typed;
