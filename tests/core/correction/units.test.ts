// On one ledger the county's warning stands in the file that the station keeps (社区矫正法 28, 实施办法 35): who writes what,
// who sees what.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { measure } from '#shared/ledgers/correction/measure.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aCorrection } from '#tests/fixtures/correction.ts';
import { aStation, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Person & { unitId: string };
let person: Saved;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aStation(county);
  person = await save('correction', aCorrection(), station);
});
afterAll(() => county.close());
const { somebody, save } = workAt(() => county);
const facts = () => ({ personId: person.id, kind: 'warning', grounds: '实施办法第三十五条第二项' });
const warnings = async (who: Person) =>
  (await who.call('ledger.related', { id: person.id })).find(({ ledger }) => ledger === 'measure');

test('the county takes a person of the station over; the file stays the station’s', async () => {
  const took = { reportedOn: '2025-03-05', receivedOn: '2025-03-05', receivedWay: 'self' };
  const register = { id: person.id, action: 'receive', baseVersion: person.version, record: took };
  const refused = await station.refused('ledger.act', register);
  expect(refused.fields?.receivedOn).toMatchObject({ problem: 'of-level', level: 'county' });
  const received = await county.call('ledger.act', register);
  expect(received).toMatchObject({ state: 'received', unitId: station.unitId });
});

test('the station proposes, the county decides on the same record', async () => {
  const proposed = await save('measure', { ...facts(), proposedOn: '2025-05-02' }, station);
  const decide = {
    ...{ id: proposed.id, action: 'decide', baseVersion: proposed.version },
    record: { decidedOn: '2025-05-04' },
  };
  const refused = await station.refused('ledger.act', decide);
  expect(problemTextAt(measure, 'decidedOn', refused.fields?.decidedOn as never)).toMatch(
    /由县级社区矫正机构作出（社区矫正法第二十八条/,
  );
  const warned = await county.call('ledger.act', decide);
  expect(warned).toMatchObject({ state: 'decided', record: { rank: 1 }, unitId: station.unitId });
});

test('what the county begins itself is the county’s, and stands in the station’s file to be read', async () => {
  const warned = await save('measure', { ...facts(), proposedOn: '2025-06-02', decidedOn: '2025-06-03' });
  expect(warned).toMatchObject({ state: 'decided', record: { rank: 2 } });
  expect(warned.unitId).not.toBe(station.unitId);
  expect((await warnings(station))?.rows.map(({ beside }) => beside?.decidedOn)).toEqual([
    '2025-06-03',
    '2025-05-04',
  ]);
  const read = await station.call('ledger.get', { id: warned.id });
  expect(read).toMatchObject({ isOthers: true, actions: [], record: { decidedOn: '2025-06-03' } });
  expect((await station.call('ledger.history', { id: warned.id })).length).toBe(1);
  // It is not the station's to change, nor to be had by its register
  const change = { ledger: 'measure', id: warned.id, baseVersion: warned.version, record: warned.record };
  expect((await station.refused('ledger.save', change)).code).toBe('record-missing');
  const undo = { id: warned.id, action: 'void', record: { voidReason: '误录' } };
  expect((await station.refused('ledger.act', undo)).code).toBe('record-missing');
  const add = { recordId: warned.id, file: 'scan', kind: 'site', title: '照片' };
  expect((await station.refused('attachment.add', add)).code).toBe('record-missing');
});

test('of persons of the county itself the station sees neither file nor parts', async () => {
  const other = await somebody();
  const own = { ...facts(), personId: other.id, proposedOn: '2025-06-02', decidedOn: '2025-06-03' };
  const { id } = await save('measure', own);
  expect((await station.refused('ledger.get', { id })).code).toBe('record-missing');
  expect((await station.refused('ledger.related', { id: other.id })).code).toBe('record-missing');
  // Nor by typing him into a record of one's own
  const typed = { ledger: 'measure', record: { ...own, kind: 'admonition' } } as const;
  expect((await station.call('ledger.check', typed)).derived).toMatchObject({ category: null, rank: 1 });
});
