import { expect, test, vi } from 'vitest';
import { createAskedActs } from '#electron/asked-acts.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { methods } from '#shared/api/methods.ts';

const done: Envelope<unknown> = { ok: true, value: null };
const wantsPassword: Envelope<unknown> = { ok: false, error: { code: 'confirm-needed', params: {} } };

test('only acts of weight are asked about, and a no keeps them from the core', async () => {
  const ask = vi.fn(async () => false);
  const work = vi.fn(async () => done);
  const asked = createAskedActs(ask);
  expect(await asked('1', 'ledger.list', {}, work)).toEqual(done);
  expect(await asked('1', 'toString', {}, work)).toEqual(done);
  expect(ask).not.toHaveBeenCalled();
  expect(await asked('1', 'account.create', { name: '甲' }, work)).toMatchObject({
    error: { code: 'cancelled' },
  });
  expect(ask).toHaveBeenCalledWith('account.create', { name: '甲' });
  expect(work).toHaveBeenCalledTimes(2);
});

test('a yes holds for the very same act while its password is typed, and once', async () => {
  const ask = vi.fn(async () => true);
  const asked = createAskedActs(ask);
  expect(await asked('1', 'account.create', { name: '甲' }, async () => wantsPassword)).toEqual(
    wantsPassword,
  );
  expect(await asked('1', 'account.create', { name: '甲' }, async () => done)).toEqual(done);
  expect(ask).toHaveBeenCalledTimes(1);
  await asked('1', 'account.create', { name: '甲' }, async () => done);
  expect(ask).toHaveBeenCalledTimes(2);
  await asked('1', 'account.create', { name: '甲' }, async () => wantsPassword);
  await asked('1', 'account.create', { name: '乙' }, async () => done);
  expect(ask).toHaveBeenCalledTimes(4);
});

test('while one question stands there is no other', async () => {
  let answer: (yes: boolean) => void = () => undefined;
  const asked = createAskedActs(() => new Promise((resolve) => (answer = resolve)));
  const first = asked('1', 'sealing.confirm', { id: 'a' }, async () => done);
  expect(await asked('1', 'sealing.confirm', { id: 'b' }, async () => done)).toMatchObject({
    error: { code: 'busy' },
  });
  answer(true);
  expect(await first).toEqual(done);
});

test('every act that changes what accounts may do, seals or destroys for good is one of them', () => {
  const weighty = Object.entries(methods)
    .filter(([, { asked }]) => asked)
    .map(([name]) => name);
  const changing = Object.entries(methods)
    .filter(
      ([name, { rights, kind }]) =>
        rights === 'accounts.manage' && !['query', 'draft'].includes(kind) && name !== 'help.card',
    )
    .map(([name]) => name);
  for (const name of [
    ...changing,
    'sealing.confirm',
    'sealing.takeAnswer',
    'sealing.answerAsked',
    'destruction.approve',
    'destruction.carryOut',
    'system.dropAside',
  ])
    expect(weighty, name).toContain(name);
  // The password is asked for as well: the question alone would be answered by whoever passes by.
  for (const name of weighty) expect(methods[name as keyof typeof methods].confirmed, name).toBe(true);
});
