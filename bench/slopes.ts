/** What it costs to have more: elements on a page, mounts and unmounts, orders in the book; each as a slope. */
import type { Bench } from './report.ts';
import { growOrders } from './slopes-orders.ts';
import { growPage } from './slopes-page.ts';

export async function benchSlopes(bench: Bench): Promise<void> {
  await growPage(bench);
  await growOrders(bench);
}
