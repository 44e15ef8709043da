/**
 * What the first file hands on to those that come later, so that it does not come twice. An import of one of these names in a
 * chunk is a look into this list (`scripts/first-file.ts`), which the class that is registered carries.
 */
import { FLOWS } from '../../model/flows.ts';
import { pageUrl } from '../../model/cashier-frame.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { CashierError } from '../errors.ts';
import { makeFrame } from '../frame/making.ts';
import { servedFrame, servedSession } from '../frame/served.ts';
import { askForSession } from '../frame/session-request.ts';
import { languageOf } from '../look/language.ts';
import { patiently } from '../patiently.ts';
import { makeAround } from '../shell/around.ts';
import { isOpening } from '../shell/trigger.ts';

export const handedOn = [
  FLOWS,
  pageUrl,
  safeUrl,
  CashierError,
  makeFrame,
  servedFrame,
  servedSession,
  askForSession,
  languageOf,
  patiently,
  makeAround,
  isOpening,
];
