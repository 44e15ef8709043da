import { toNodeHandler } from 'kassa/server';
import Koa from 'koa';
import files from 'koa-static';
import { kassa } from './kassa.js';

const app = new Koa();
const answer = toNodeHandler(kassa.fetch);
app.use((context, next) => {
  if (!context.path.startsWith('/kassa/')) return next();
  context.respond = false;
  return answer(context.req, context.res);
});
app.use(files('public'));
app.use(files('node_modules/kassa/dist/browser'));
app.listen(Number(process.env.PORT ?? 3000));
