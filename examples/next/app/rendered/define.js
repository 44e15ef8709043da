'use client';

import 'kassa/define';

export function Define() {
  return null;
}
