/** What a shopper sends where, as banking apps and wallets read it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inOrderOf, linesOf, shopOf } from '../../../src/sandbox/gateway/order-settings.ts';
import { PROVIDERS } from '../../../src/sandbox/gateway/seeds.ts';
import { inBitcoin, sepaCode, transferFor } from '../../../src/sandbox/gateway/transfer.ts';
import { NOON } from '../running.ts';

const PAYMENT = {
  id: 'abc123def456',
  amount: 2450n,
  currency: 'EUR',
  createdAt: NOON,
  providerId: '250',
  type: 'deposit',
  status: 'pending',
} as const;

describe('a transfer', () => {
  test('by bank: payee, IBAN, BIC, reference and amount, a SEPA code, three days', () => {
    const transfer = transferFor(PAYMENT);
    assert.ok(transfer);
    assert.deepEqual(
      transfer.lines.map(({ label, value }) => [label, value]),
      [
        ['Payee', 'Sandbox Payments Ltd'],
        ['IBAN', 'DE89370400440532013000'],
        ['BIC', 'COBADEFFXXX'],
        ['Reference', 'ABC123DEF456'],
        ['Amount', '24.50'],
      ],
    );
    // EPC069-12, version 002: twelve elements at most, the amount with its currency before it
    assert.equal(
      transfer.code,
      'BCD\n002\n1\nSCT\nCOBADEFFXXX\nSandbox Payments Ltd\nDE89370400440532013000\nEUR24.50\n\n\nABC123DEF456',
    );
    assert.ok(transfer.code.length <= 331);
    assert.equal(transfer.payBefore, '2026-11-24T12:00:00.000Z');
  });

  test('the SEPA code knows euros only', () => {
    assert.equal(transferFor({ ...PAYMENT, currency: 'GBP' })?.code, undefined);
    assert.match(sepaCode({ amount: '1.00', reference: 'R' }), /^BCD\n002\n1\nSCT\n/);
  });

  test('by chain: a BIP-21 URI with the amount in bitcoin, half an hour', () => {
    const transfer = transferFor({ ...PAYMENT, providerId: '260' });
    assert.ok(transfer);
    assert.equal(
      transfer.code,
      'bitcoin:sandbox1qabc123def456?amount=0.00049&label=Sandbox%20Payments%20Ltd',
    );
    assert.equal(transfer.payBefore, '2026-11-21T12:30:00.000Z');
  });

  test('by Ethereum: an EIP-681 URI that asks the token’s contract to send its smallest units to the address', () => {
    const transfer = transferFor({ ...PAYMENT, providerId: '270' });
    assert.ok(transfer);
    const { lines, code = '' } = transfer;
    const address = lines.find(({ label }) => label === 'Address')?.value ?? '';
    assert.match(address, /^0x[0-9a-f]{40}$/);
    assert.equal(
      code,
      `ethereum:0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238@11155111/transfer?address=${address}&uint256=24500000`,
    );
    assert.deepEqual(
      lines.map(({ label, shown }) => [label, shown]),
      [
        ['Network', undefined],
        ['Address', undefined],
        ['Amount', '24.5 USDC'],
      ],
    );
  });

  test('an amount in bitcoin is rounded up to a satoshi, with the currency’s own minor digits', () => {
    assert.equal(inBitcoin(5_000_000n, 'EUR'), '1');
    assert.equal(inBitcoin(1n, 'EUR'), '0.0000002');
    assert.equal(inBitcoin(500n, 'JPY'), '0.01');
    assert.equal(inBitcoin(1n, 'KWD'), '0.00000002');
  });

  test('is nothing for cards, for withdrawals, and once it is over', () => {
    assert.equal(transferFor({ ...PAYMENT, providerId: '210' }), undefined);
    assert.equal(transferFor({ ...PAYMENT, type: 'withdrawal', providerId: '310' }), undefined);
    assert.equal(transferFor({ ...PAYMENT, status: 'successful' }), undefined);
  });
});

describe('what a shop says in its settings', () => {
  test('its name, and a picture that is nothing but a picture', () => {
    const picture = 'data:image/png;base64,iVBORw0KGgo=';
    assert.deepEqual(shopOf({ shop_name: ' Fika ', shop_mark: picture }), { name: 'Fika', mark: picture });
    for (const mark of [
      'https://evil.test/a.png',
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:text/html,x',
      1,
    ]) {
      assert.deepEqual(shopOf({ shop_name: 'Fika', shop_mark: mark }), { name: 'Fika' });
    }
    for (const name of [undefined, '', 5, 'x'.repeat(81)])
      assert.equal(shopOf({ shop_name: name }), undefined);
  });

  test('the lines of the order; a wrong one leaves them out and the payment alone', () => {
    assert.deepEqual(linesOf({ lines: [{ name: 'Cup', amount: '18.00', sku: 1 }] }), [
      { name: 'Cup', amount: '18.00' },
    ]);
    for (const lines of ['x', [{ name: 'Cup' }], [{ name: 'Cup', amount: 18 }]]) {
      assert.deepEqual(linesOf({ lines }), []);
    }
  });

  test('the order of the methods; those it does not name come after, and none is lost', () => {
    const ids = inOrderOf({ methods: ['260', 250, '999'] }, PROVIDERS).map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 3), ['260', '250', '210']);
    assert.equal(ids.length, PROVIDERS.length);
    assert.deepEqual(inOrderOf({ methods: 'x' }, PROVIDERS), PROVIDERS);
  });
});
