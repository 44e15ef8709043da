/** The frame protocol, for operators of a hosted cashier page (`connectToPage`) and for the element itself. */
export { connectToPage, type FrameLink, type FrameLinkOptions } from './frame-link.ts';
export {
  type Dialect,
  type DialectMessage,
  listenForFrame,
  type PageDrop,
  type PageLink,
  type PageLinkOptions,
} from './page-link.ts';
export { isLoopback, safeUrl } from '../model/safe-url.ts';
export { type Embedder, frameUrl } from '../model/cashier-frame.ts';
export { readEmbedder } from './url.ts';
export { type FrameMessage, FROM_FRAME, HELLO, type Hello, VERSIONS } from './messages.ts';
export { FROM_PAGE, type PageMessage, type ThemeTokens, WELCOME } from './page-messages.ts';
