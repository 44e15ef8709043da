/** The browser tests of what engines do differently: windows, frames, storage, channels, locks. */
import { findFirefox, firefoxLauncher } from './firefox.ts';
import chromium from './wtr.config.js';

export default { ...chromium, browsers: [firefoxLauncher((await findFirefox()) ?? '')] };
