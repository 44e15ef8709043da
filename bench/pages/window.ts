/** What the bench's server leaves on a page for its script. */
export interface BenchWindow extends Window {
  /** The address of the hosted page. */
  benchFrame: string;
  benchReady: () => void;
}
