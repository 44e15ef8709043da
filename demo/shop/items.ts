/** What the shop sells. Prices live here, in the backend: the browser only ever sends an item's id. */
export interface Item {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** Decimal string in major units. */
  readonly price: string;
  readonly currency: string;
  /** The shopper chooses how much; `price` is where the choice begins. */
  readonly free?: boolean;
}

export const ITEMS: readonly [Item, ...Item[]] = [
  { id: 'beans', name: 'House espresso', detail: 'Whole beans, 1 kg', price: '24.50', currency: 'EUR' },
  { id: 'cup', name: 'Stoneware cup', detail: 'Glazed, 180 ml', price: '18.00', currency: 'EUR' },
  { id: 'kettle', name: 'Pour-over kettle', detail: 'Steel, 1.2 l', price: '89.90', currency: 'EUR' },
  {
    id: 'gift',
    name: 'Gift card',
    detail: 'You choose how much',
    price: '25.00',
    currency: 'EUR',
    free: true,
  },
];

export const findItem = (id: unknown): Item | undefined => ITEMS.find((item) => item.id === id);
