/** The frame in the server's own HTML: it loads before any script does. */
import { headers } from 'next/headers';
import { renderCashier } from 'kassa/server';
import { kassa } from '../../lib/kassa.js';
import { Define } from './define.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  const session = await kassa.session(new Request('http://localhost/', { headers: await headers() }));
  const html = renderCashier(session, { attributes: { 'session-url': '/kassa/session' } });
  return (
    <>
      <div dangerouslySetInnerHTML={{ __html: html }} />
      <Define />
    </>
  );
}
