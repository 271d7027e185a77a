import { ApiError } from '@fal-ai/client';
import { describe, expect, it } from 'vitest';
import { FalSubmitError, type FalReceipt } from './fal-client.js';
import { falError } from './fal-errors.js';

const receiptOf = (retryAfter: string | null): FalReceipt => ({
  ...{ status: 0, requestId: 'fal_1', units: null, retryAfter },
});
const read = (status: number, body: unknown, retryAfter: string | null = null) =>
  falError('result', new ApiError({ message: 'Bad', status, body }), receiptOf(retryAfter));
const submitted = (status: number, body: unknown, retryAfter: string | null = null) => {
  const receipt = receiptOf(retryAfter);
  return falError('submit', new FalSubmitError(`HTTP ${status}`, { status, body, receipt }), null);
};

describe('an answer of fal that is an error', () => {
  const flagged = { loc: ['body', 'prompt'], msg: 'Flagged.', type: 'policy' };
  it.each([
    [{ detail: 'Not Found' }, 'Not Found', null],
    [{ detail: [flagged, { ...flagged, msg: 'Too long.' }] }, 'Flagged.; Too long.', 'policy'],
    [{ detail: 'gone', error_type: 'runner_disconnected' }, 'gone', 'runner_disconnected'],
    [{ detail: [null, 7, { type: 'missing' }] }, 'missing', 'missing'],
    [{ detail: [] }, 'HTTP 400', null],
    [{ detail: { msg: 'x' } }, 'HTTP 400', null],
    [null, 'HTTP 400', null],
    [undefined, 'HTTP 400', null],
  ])('with the body %j reads %j, code %j', (body, words, code) => {
    const facts = { code, requestId: 'fal_1' };
    expect(read(400, body)).toMatchObject({ message: `fal: result: ${words}`, ...facts });
    expect(submitted(400, body)).toMatchObject({ message: `fal: submit: ${words}`, ...facts });
  });

  it.each([
    ['User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.', true],
    ['User is locked. Reason: TOP_UP.', true],
    ['User is locked. Reason: Admin lock. Please contact support@fal.ai', false],
    ['No user found for Key ID and Secret', false],
  ])('%j is an account without money: %j', (detail, noMoney) => {
    expect(submitted(403, { detail })).toMatchObject({ code: noMoney ? 'exhausted_balance' : null });
  });

  it('that is a web page of a proxy is named by its title', () => {
    const message = 'fal: submit: HTTP 403: a web page, “Blocked by policy”';
    expect(submitted(403, '<html><title>Blocked by policy</title></html>')).toMatchObject({ message });
    expect(submitted(502, '')).toMatchObject({ message: 'fal: submit: HTTP 502', kind: 'lost' });
  });

  it('asks to wait', () => {
    expect(submitted(429, {}, '4')).toMatchObject({ retryAfterMs: 4_000 });
    expect(read(503, {}, '4')).toMatchObject({ retryAfterMs: 4_000 });
  });

  it('never tells the key', () => {
    const detail = 'no such key 0f9d8c7b-1111-2222-3333-444455556666:abcdef0123456789';
    expect(submitted(401, { detail })).toMatchObject({ message: 'fal: submit: no such key [key]' });
  });
});
