// 脱管: searched for at once, and what is due for it, whether or not the person has come back (实施办法 34, 35, 46, 47).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf } from '#tests/fixtures/correction.ts';
import { saidOf, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());
const { somebody, save, refusedFor, act, dueOf } = workAt(() => county);

test('脱管: searched for at once, ten days, a month; two at once are one', async () => {
  const { id } = await somebody();
  const lost = await save('absence', eventsOf(id).absence ?? {});
  expect(lost.record.category).toBe('02');
  expect(await dueOf(lost)).toEqual([
    'absence.search 2025-06-02',
    'absence.warning 2025-06-11',
    'absence.revocation 2025-07-01',
  ]);
  expect(
    (
      await refusedFor('absence', {
        ...eventsOf(id).absence,
        absentFrom: '2025-06-05',
        foundOn: '2025-06-06',
      })
    ).personId,
  ).toMatchObject({ problem: 'overlaps', to: null });
  const searched = await act(lost, 'search', { searchedOn: '2025-06-02', searchNote: '走访亲友' });
  expect(await dueOf(searched)).toEqual(['absence.warning 2025-06-11', 'absence.revocation 2025-07-01']);
  const back = await act(searched, 'end', { backOn: '2025-06-08' });
  expect([back.state, await dueOf(back)]).toEqual(['back', ['absence.admonition 2025-06-08']]);
  const told = { ...back.record, result: '2025-06-09 训诫' };
  const { id: record, version: baseVersion } = back;
  const done = await county.call('ledger.save', { ledger: 'absence', id: record, baseVersion, record: told });
  expect(await dueOf(done)).toEqual([]);
  const { result: _result, ...silent } = done.record;
  const admonished = { ...silent, admonishedOn: '2025-06-09' };
  const again = { ledger: 'absence', id: record, baseVersion: done.version };
  expect(await dueOf(await county.call('ledger.save', { ...again, record: silent }))).toEqual([
    'absence.admonition 2025-06-08',
  ]);
  const { version } = await county.call('ledger.get', { id: record });
  const given = await county.call('ledger.save', { ...again, baseVersion: version, record: admonished });
  expect(await dueOf(given)).toEqual([]);
  const early = await refusedFor('absence', { ...eventsOf(id).absence, admonishedOn: '2025-05-30' });
  expect(saidOf('absence', early, 'admonishedOn')).toContain('脱离监管之日');
});

test('who comes back too late is still to be warned, after a month to be proposed for revocation', async () => {
  const { id } = await somebody();
  const gone = {
    ...eventsOf(id).absence,
    absentFrom: '2025-05-10',
    foundOn: '2025-05-11',
    searchedOn: '2025-05-11',
  };
  const back = await act(await save('absence', gone), 'end', { backOn: '2025-06-20' });
  expect([back.state, ...(await dueOf(back))]).toEqual([
    'back',
    'absence.warning 2025-05-20',
    'absence.revocation 2025-06-10',
  ]);
  const { id: record, version: baseVersion } = back;
  const told = { ...back.record, warnedOn: '2025-06-21' };
  const warned = await county.call('ledger.save', {
    ledger: 'absence',
    id: record,
    baseVersion,
    record: told,
  });
  expect(await dueOf(warned)).toEqual(['absence.revocation 2025-06-10']);
});
