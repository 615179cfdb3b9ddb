// What cannot be, or what a law forbids, of persons under correction and evaluations: refused, or kept and said, each with a
// sentence that names the article.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCorrection, anEvaluation, aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { type BadInput, saidOf, workAt } from '#tests/fixtures/correction-work.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Program;
const idNumber = makeIdentityNumber('1966-01-02', 3);
const { somebody, save, act } = workAt(() => county);
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  await somebody(county, { idNumber });
});
afterAll(async () => {
  await county.close();
  await station.close();
});

const control = { category: '01', penalty: '05' };

const refused: BadInput[] = [
  // Days out of order
  [
    'a judgment after its effect',
    'correction',
    () => aCorrection({ effectiveOn: '2025-02-13' }),
    'effectiveOn',
    /不能早于裁判/,
  ],
  [
    'a term that ends before it begins',
    'correction',
    () => aCorrection({ termTo: '2025-02-24' }),
    'termTo',
    /不能早于矫正期限起/,
  ],
  [
    'released before the term is over',
    'correction',
    () => aPersonInCorrection({ endKind: 'expired', endedOn: '2025-06-20', fileNo: '甲' }),
    'endedOn',
    /不能早于矫正期限止/,
  ],
  [
    'an opinion before the commission',
    'evaluation',
    () => anEvaluation({ conclusion: 'suitable', issuedOn: '2025-06-15' }),
    'issuedOn',
    /不能早于收到日期/,
  ],
  // Longer than the law allows
  [
    '管制 over two years',
    'correction',
    () => aCorrection({ ...control, penaltyMonths: undefined, termTo: '2027-02-26' }),
    'termTo',
    /刑法第三十八条/,
  ],
  [
    '管制 for several crimes over three years',
    'correction',
    () => aCorrection({ ...control, penaltyMonths: undefined, isCombined: true, termTo: '2028-02-26' }),
    'termTo',
    /刑法第六十九条/,
  ],
  [
    '缓刑 over five years',
    'correction',
    () => aCorrection({ penalty: '03', penaltyMonths: 36, termTo: '2030-02-26' }),
    'termTo',
    /刑法第七十三条/,
  ],
  [
    '缓刑 of more than three years',
    'correction',
    () => aCorrection({ penalty: '03', penaltyMonths: 37, termTo: '2029-02-24' }),
    'penaltyMonths',
    /刑法第七十二条/,
  ],
  [
    '假释 of 无期徒刑 over ten years',
    'correction',
    () => aCorrection({ category: '03', penalty: '02', penaltyMonths: undefined, termTo: '2035-02-26' }),
    'termTo',
    /刑法第八十三条/,
  ],
  [
    'outside prison beyond the penalty',
    'correction',
    () =>
      aCorrection({
        category: '04',
        penalty: '03',
        penaltyMonths: 60,
        penaltyTo: '2027-02-24',
        termTo: '2027-02-25',
      }),
    'penaltyTo',
    /不能早于矫正期限止/,
  ],
  [
    '拘役 of seven months',
    'correction',
    () => aCorrection({ penaltyMonths: 7, termTo: '2026-02-24' }),
    'penaltyMonths',
    /刑法第四十二条/,
  ],
  [
    '拘役 for several crimes of thirteen months',
    'evaluation',
    () => anEvaluation({ penalty: '04', penaltyMonths: 13 }),
    'penaltyMonths',
    /刑法第六十九条/,
  ],
  [
    '有期徒刑 of sixteen years',
    'correction',
    () => aCorrection({ category: '03', penalty: '03', penaltyMonths: 192, termTo: '2029-01-09' }),
    'penaltyMonths',
    /刑法第四十五条/,
  ],
  // Articles and penalties
  [
    'an article that does not exist',
    'correction',
    () => aCorrection({ chargeArticle: '452' }),
    'chargeArticle',
    /第102条至第451条/,
  ],
  [
    'an article of the general part',
    'evaluation',
    () => anEvaluation({ chargeArticle: '72' }),
    'chargeArticle',
    /刑法分则/,
  ],
  [
    'a penalty that the category does not follow from',
    'correction',
    () => aCorrection({ category: '01', penalty: '03' }),
    'penalty',
    /互相矛盾/,
  ],
  [
    '无期徒刑 of so many months',
    'correction',
    () => aCorrection({ category: '03', penalty: '02', penaltyMonths: 120 }),
    'penalty',
    /已填有原判刑期/,
  ],
  // Before registration, after the end
  [
    'an end that was never registered in',
    'correction',
    () => aCorrection({ endKind: 'probationRevoked', endedOn: '2025-05-01' }),
    'receivedOn',
    /社区矫正法第二十二条/,
  ],
  // By a unit that may not
  [
    'an opinion by a station',
    'evaluation',
    () => anEvaluation({ conclusion: 'suitable', issuedOn: '2025-06-20' }),
    'issuedOn',
    /社区矫正法第十八条/,
    'station',
  ],
  [
    'registration by a station',
    'correction',
    () => aPersonInCorrection({ fileNo: undefined }),
    'receivedOn',
    /社区矫正法第二十二条/,
    'station',
  ],
];

test.each(refused)('%s is refused', async (_what, ledger, record, field, said, where) => {
  const place = where === 'station' ? station : county;
  const failure = await place.refused('ledger.save', { ledger, record: record() });
  expect(failure.code).toBe('record-invalid');
  expect(saidOf(ledger, failure.fields ?? {}, field)).toMatch(said);
});

const warned: BadInput[] = [
  [
    '管制 under three months',
    'correction',
    () => aCorrection({ ...control, penaltyMonths: undefined, termTo: '2025-05-01' }),
    'termTo',
    /刑法第三十八条.*折抵/,
  ],
  [
    '缓刑 shorter than the penalty',
    'correction',
    () => aCorrection({ penalty: '03', penaltyMonths: 24, termTo: '2026-08-24' }),
    'termTo',
    /刑法第七十三条/,
  ],
  [
    'a second file of one person while the first is open',
    'correction',
    () => aCorrection({ idNumber, decisionNo: '乙' }),
    'idNumber',
    /还没有结束.*刑法第七十七条、第八十六条/,
  ],
  [
    'an article nobody knows',
    'correction',
    () => aCorrection({ chargeArticle: '133之九' }),
    'chargeArticle',
    /现行条文清单/,
  ],
  [
    'one investigator',
    'evaluation',
    () => anEvaluation({ investigators: '祁连山' }),
    'investigators',
    /两名以上/,
  ],
];

test.each(warned)('%s is kept and said', async (_what, ledger, record, field, said) => {
  const saved = await save(ledger, record());
  expect(saidOf(ledger, saved.warnings, field)).toMatch(said);
});

test('once the first file has ended, a second one is only asked about', async () => {
  const number = makeIdentityNumber('1967-01-02', 3);
  const first = await somebody(county, { idNumber: number });
  await act(first, 'release', { endKind: 'pardoned', endedOn: '2025-06-01' });
  const second = await save('correction', aCorrection({ idNumber: number }));
  expect(saidOf('correction', second.warnings, 'idNumber')).toMatch(/确属两个的不用改/);
});
