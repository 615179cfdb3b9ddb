// What points at a record is listed with it, from the descriptions alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const put = async (ledger: string, record: Record<string, unknown>) =>
  (await program.call('ledger.save', { ledger, record })).id;
const related = async (id: string) =>
  Object.fromEntries(
    (await program.call('ledger.related', { id })).map((one) => [`${one.ledger}.${one.field}`, one]),
  );

test('a round shows what it found, newest first, also what was voided', async () => {
  const round = await put('screening', { screenedOn: '2025-03-01', scope: '红光村' });
  const other = await put('screening', { screenedOn: '2025-03-02', scope: '新沟村' });
  const [old, young] = [
    await put('finding', { name: '水渠纠纷', foundOn: '2025-03-01', screeningId: round }),
    await put('finding', { name: '地界纠纷', foundOn: '2025-03-04', screeningId: round }),
  ];
  await put('finding', { name: '别处纠纷', foundOn: '2025-03-04', screeningId: other });
  await program.call('ledger.act', { id: old, action: 'void', record: { voidReason: '重复' } });
  const found = (await related(round))['finding.screeningId'];
  expect(found).toMatchObject({ total: 2, capped: false });
  expect(found?.rows).toEqual([
    { id: young, title: '地界纠纷', state: 'open', day: '2025-03-04', number: null, beside: {} },
    { id: old, title: '水渠纠纷', state: 'voided', day: '2025-03-01', number: null, beside: {} },
  ]);
});

test('a committee shows its mediators, rounds and cases; many are counted, twenty shown', async () => {
  const committee = await put('committee', {
    name: '东坝调委会',
    kind: 'township',
    establishedOn: '2020-01-01',
  });
  const mediator = await put('mediator', {
    name: '祁连山',
    appointedOn: '2024-01-08',
    committeeId: committee,
  });
  for (let day = 1; day <= 22; day++) {
    const acceptedOn = `2025-02-${String(day).padStart(2, '0')}`;
    await program.save(
      aMediation().accepted(acceptedOn).with({ committeeId: committee, mediatorId: mediator }),
    );
  }
  const found = await related(committee);
  expect(found['mediator.committeeId']).toMatchObject({
    total: 1,
    rows: [{ id: mediator, title: '祁连山' }],
  });
  expect(found['screening.committeeId']).toMatchObject({ total: 0, rows: [] });
  expect(found['mediation.committeeId']).toMatchObject({ total: 22, capped: false });
  expect(found['mediation.committeeId']?.rows).toHaveLength(20);
  expect(found['mediation.committeeId']?.rows[0]).toMatchObject({
    day: '2025-02-22',
    number: expect.stringContaining('号'),
  });
  // The list behind the count is the same: every such field can be filtered by.
  for (const [place, one] of Object.entries({ ...found, ...(await related(mediator)) })) {
    const [ledger = '', field = ''] = place.split('.');
    const page = await program.call('ledger.list', {
      ledger,
      filter: { [field]: place === 'mediation.mediatorId' ? mediator : committee },
    });
    expect(page.total, place).toBe(one.total);
  }
});

test('a record that nothing can point at has nothing, one that is not there is said to be missing', async () => {
  const rate = await put('subsidyRate', { name: '简易', validFrom: '2025-01-01', amountFen: 5000 });
  expect(await program.call('ledger.related', { id: rate })).toEqual([]);
  const id = '00000000-0000-7000-8000-000000000000';
  expect((await program.refused('ledger.related', { id })).code).toBe('record-missing');
});

test('an account of one unit is told of its own unit alone, also of the open work that holds a record', async () => {
  const county = await aProgram({ isCounty: true });
  const unitId = (await county.call('units.tree', {})).find(({ level }) => level === 'station')?.id ?? '';
  const given = 'qinghe-2025';
  await county.call('account.create', { name: '甲', role: 'clerk', password: given, unitId });
  const station = await county.signIn('甲', given);
  await station.call('session.changePassword', { password: given, newPassword: password });
  await station.call('session.reveal', { reason: '办理业务' });
  const mediator = await station.call('ledger.save', {
    ledger: 'mediator',
    record: { name: '祁连山', appointedOn: '2024-01-08' },
  });
  const held = () => aMediation().with({ mediatorId: mediator.id });
  await station.save(held());
  await county.save(held());
  const seenBy = async (person: typeof station) => {
    const all = await person.call('ledger.related', { id: mediator.id });
    const found = all.find((one) => one.ledger === 'mediation' && one.field === 'mediatorId');
    return [found?.total, found?.holding];
  };
  expect(await seenBy(county)).toEqual([2, 2]);
  expect(await seenBy(station)).toEqual([1, 1]);
  await county.close();
});
