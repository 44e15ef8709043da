/** The frame protocol, for operators of a hosted cashier page (`connectToPage`) and for the element itself. */
export { connectToPage, type FrameLink, type FrameLinkOptions } from './frame-link.ts';
export { listenForFrame, type PageDrop, type PageLink, type PageLinkOptions } from './page-link.ts';
export { isLoopback, safeUrl } from '../model/safe-url.ts';
export { type Embedder, frameUrl, readEmbedder } from './url.ts';
export {
  type FrameMessage,
  FROM_FRAME,
  FROM_PAGE,
  HELLO,
  type Hello,
  type PageMessage,
  VERSIONS,
  WELCOME,
} from './messages.ts';
