/** Nxos's operations, at the paths of its documents. Each write is one database transaction, keyed or not. */
import { type Context, Hono } from 'hono';
import { isNxosCode } from '../../model/nxos/codes.ts';
import { answerByStatement, answerWrite } from '../idempotency/answer-write.ts';
import { createIdempotency } from '../idempotency/idempotency.ts';
import { type Faults, injectFaults } from '../faults.ts';
import type { Caller } from '../caller.ts';
import { tellOwnFault } from '../own-fault.ts';
import { refused } from '../refused.ts';
import type { NxosOrganization } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { getAccount, listAccounts } from './accounts.ts';
import {
  archiveBeneficiary,
  createBankBeneficiary,
  createBeneficiary,
  createCryptoBeneficiary,
  getBeneficiary,
  listBeneficiaries,
} from './beneficiaries.ts';
import { createOrganizations, newId, type NxosContext, requireOrganization } from './context.ts';
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  getSecret,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from './endpoints.ts';
import { answerOf, NxosRefusal, refusalOf } from './errors.ts';
import { readCryptoFee, readFiatFee } from './fees.ts';
import { getFundingMethod } from './funding-methods.ts';
import { sendCryptoPayout, sendFiatPayout } from './payouts.ts';
import { createQuote, executeQuote, getQuote } from './quotes.ts';
import { updateSettings } from './settings.ts';
import { getTransaction, listTransactions } from './transactions.ts';
import { answerTransfer } from './transfers.ts';

export interface NxosOptions {
  readonly db: Database;
  readonly world: World;
  /** Said when there is new work for the schedule. */
  readonly onChange: () => void;
}

type Read = (context: NxosContext, request: Context['req']) => object | Promise<object>;
type Write = (context: NxosContext, body: unknown, request: Context['req']) => Promise<object>;

export function apiRoutes(options: NxosOptions, faults: Faults, caller: (request: Context) => Caller): Hono {
  const { db, world, onChange } = options;
  const idempotency = createIdempotency(db, world);
  const app = new Hono();

  const organizations = createOrganizations(db);
  const organizationOf = ({ req }: Context, by = organizations.find) =>
    requireOrganization(by, {
      authorization: req.header('authorization'),
      onBehalfOf: req.header('nxos-on-behalf-of'),
    });
  const answer = (refusal: NxosRefusal) => answerOf(refusal, newId('req', world));

  const read = (path: string, handle: Read): void => {
    app.get(path, async (request) => {
      const context = { db, world, organization: await organizationOf(request) };
      return Response.json(await handle(context, request.req));
    });
  };

  const write = (method: 'POST' | 'PATCH' | 'DELETE', path: string, handle: Write): void => {
    app.on(method, path, async (request) => {
      const organization = await organizationOf(request);
      const response = await answerWrite({
        db,
        idempotency,
        system: 'nxos',
        scope: organization.id,
        request: request.req,
        act: async (tx, body) => {
          const done = await handle({ db: tx, world, organization }, body, request.req);
          return { status: 200, body: JSON.stringify(done) };
        },
        refusal: (error) => {
          const refusal = refusalOf(error);
          return refusal && answer(refusal);
        },
        badKey,
      });
      onChange();
      return response;
    });
  };

  app.use(
    injectFaults(faults, caller, (name) => {
      const code = name === '500' ? 'internal_error' : name;
      return isNxosCode(code) ? new NxosRefusal(code) : undefined;
    }),
  );

  read('/accounts', (context, req) => listAccounts(context, req.query()));
  read('/accounts/:id', (context, req) => getAccount(context, idOf(req)));

  read('/funding-methods/:id', (context, req) => getFundingMethod(context, idOf(req)));

  app.post('/transactions/nxosnet-transfers', async (request) => {
    const transfer = (organization: NxosOrganization): Promise<Response> =>
      answerByStatement({
        idempotency,
        system: 'nxos',
        scope: organization.id,
        request: request.req,
        badKey,
        act: (readBody, key) => answerTransfer({ db, world, organization }, readBody, key),
      });
    // The statement looks at who asks once more.
    const response = await transfer(await organizationOf(request, organizations.remembered)).catch(
      async (error: unknown) => {
        if (!(error instanceof NxosRefusal) || error.code !== 'invalid_api_key') throw error;
        return transfer(await organizationOf(request));
      },
    );
    onChange();
    return response;
  });

  write('POST', '/transactions/crypto-payouts', sendCryptoPayout);
  write('POST', '/transactions/fiat-payouts', sendFiatPayout);
  read('/fees/crypto-payout', (_context, req) => readCryptoFee(req.query()));
  read('/fees/fiat-payout', (_context, req) => readFiatFee(req.query()));
  read('/transactions', (context, req) => listTransactions(context, req.query()));
  read('/transactions/:id', (context, req) => getTransaction(context, idOf(req)));

  write('POST', '/beneficiaries/nxosnet', createBeneficiary);
  write('POST', '/beneficiaries/crypto', createCryptoBeneficiary);
  write('POST', '/beneficiaries/bank', createBankBeneficiary);
  read('/beneficiaries', (context, req) => listBeneficiaries(context, req.query()));
  read('/beneficiaries/:id', (context, req) => getBeneficiary(context, idOf(req), req.query('accountId')));
  write('DELETE', '/beneficiaries/:id', (context, _body, req) =>
    archiveBeneficiary(context, idOf(req), req.query('accountId')),
  );
  write('PATCH', '/organizations/nxosnet', updateSettings);

  write('POST', '/quotes', createQuote);
  read('/quotes/:id', (context, req) => getQuote(context, idOf(req)));
  write('POST', '/quotes/:id/execute', (context, _body, req) => executeQuote(context, idOf(req)));

  write('POST', '/webhooks/endpoints', createEndpoint);
  read('/webhooks/endpoints', (context, req) => listEndpoints(context, req.query()));
  read('/webhooks/endpoints/:id', (context, req) => getEndpoint(context, idOf(req)));
  write('PATCH', '/webhooks/endpoints/:id', (context, body, req) => updateEndpoint(context, idOf(req), body));
  write('DELETE', '/webhooks/endpoints/:id', (context, _body, req) => deleteEndpoint(context, idOf(req)));
  read('/webhooks/endpoints/:id/secret', (context, req) => getSecret(context, idOf(req)));
  write('POST', '/webhooks/endpoints/:id/secret/rotate', (context, _body, req) =>
    rotateSecret(context, idOf(req)),
  );

  app.all('*', async (request) => {
    await organizationOf(request);
    throw new NxosRefusal('not_found', `Nothing is at ${request.req.method} ${request.req.path}`);
  });
  app.onError((error) => {
    const known = refusalOf(error);
    if (!known) tellOwnFault(error);
    const refusal = known ?? new NxosRefusal('internal_error');
    return refused({ ...answer(refusal), code: refusal.code });
  });
  return app;
}

const badKey = (message: string): NxosRefusal =>
  new NxosRefusal('invalid_request', `Idempotency-Key: ${message}`);

const idOf = (req: Context['req']): string => req.param('id') ?? '';
