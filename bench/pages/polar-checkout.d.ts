/** What is used of a peer whose package is not there without `npm install --prefix bench`. */
declare module '@polar-sh/checkout/embed' {
  export const PolarEmbedCheckout: { create(url: string): Promise<unknown> };
}
