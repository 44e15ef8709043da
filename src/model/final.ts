/** By itself, so that the element's first file need not hold the list of statuses, which only comes with the frame's words. */
export const isFinal = (status: string): boolean => status !== 'pending';
