// A small county's 2024, written out record by record and counted by hand: each figure of community correction, the
// records that it opens, and what the bureau chose to divide by.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCorrection, anEvaluation, aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
/** What each record is called below, by its id. */
const called = new Map<string, string>();
const ids = new Map<string, string>();

async function enter(label: string, ledger: string, record: Record<string, unknown>): Promise<void> {
  const { id } = await program.call('ledger.save', { ledger, record });
  called.set(id, label);
  ids.set(label, id);
}
const voided = async (label: string) => {
  const record = { voidReason: '重复登记' };
  await program.call('ledger.act', { id: ids.get(label) ?? '', action: 'void', record });
};
const figuresOf = async (year: number) => {
  const { figures } = await program.call('indicator.list', { year });
  return new Map(figures.map((figure) => [figure.code, figure]));
};
async function behind(code: string, year = 2024): Promise<string[]> {
  const { records, total } = await program.call('indicator.records', { year, code });
  expect(records).toHaveLength(total);
  return records.map(({ id }) => called.get(id) ?? id).sort();
}

const day = (year: number, month: number, of: number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`;
const probation = { category: '02', penalty: '03', penaltyMonths: 6 };
const [control, parole, outside] = [
  { category: '01', penalty: '05', penaltyMonths: undefined },
  { category: '03', penalty: '03', penaltyTo: '2026-01-01', penaltyMonths: undefined },
  { category: '04', penalty: '03', penaltyTo: '2026-01-01', penaltyMonths: undefined },
];

/** The judgment is of the month before somebody was taken over; the term ends with the year after. */
function somebody(receivedOn: string, sex: '1' | '2', order: number, more: Record<string, unknown>) {
  const decidedOn = `${Number(receivedOn.slice(0, 4)) - 1}-12-15`;
  return aPersonInCorrection({
    ...{ decidedOn, effectiveOn: decidedOn, documentsOn: decidedOn, registeredOn: receivedOn },
    ...{ reportedOn: receivedOn, receivedOn, declaredOn: receivedOn, sex },
    ...{ termFrom: decidedOn, termTo: day(Number(receivedOn.slice(0, 4)) + 1, 6, 30) },
    idNumber: makeIdentityNumber('1980-02-03', order * 2 + (sex === '1' ? 1 : 0)),
    ...more,
  });
}

beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  const elsewhere = { isFromElsewhere: true };
  // Chapters five, eight, six and ten of the 分则; 乙 has 133之一 (chapter two), 庚 no article yet
  const theft = { charge: '盗窃罪', chargeArticle: '264' };
  const bribery = { charge: '受贿罪', chargeArticle: '385' };
  const quarrels = { charge: '寻衅滋事罪', chargeArticle: '293' };
  const desertion = { charge: '逃离部队罪', chargeArticle: '435' };
  const people: Record<string, Record<string, unknown>> = {
    甲: somebody('2023-05-10', '1', 1, { ...probation, ...theft, termTo: '2025-12-14' }),
    乙: somebody('2023-12-31', '2', 2, { ...probation, ...elsewhere, termTo: '2025-12-14' }),
    // Ends with the last day of the year: no longer in the register on it
    丙: somebody('2024-01-01', '1', 3, {
      ...{ ...parole, ...bribery, termTo: '2024-12-31', endKind: 'expired', endedOn: '2024-12-31' },
    }),
    丁: somebody('2024-03-01', '1', 4, {
      ...control,
      ...desertion,
      entry: 'movedIn',
      movedFrom: '玉门市社区矫正管理局',
    }),
    戊: somebody('2024-06-01', '2', 5, {
      ...{
        ...outside,
        ...elsewhere,
        ...quarrels,
        endKind: 'imprisoned',
        endedOn: '2024-11-20',
        endReason: '情形消失',
      },
    }),
    己: somebody('2022-07-01', '1', 6, { ...probation, endKind: 'pardoned', endedOn: '2024-05-05' }),
    // In the register to the end of the year, revoked on the first day of the next
    庚: somebody('2023-02-01', '1', 7, {
      ...{ ...probation, endKind: 'probationRevoked', endedOn: '2025-01-01', endReason: '又犯新罪' },
      newCrimeOn: '2024-12-01',
      chargeArticle: undefined,
    }),
    辛: somebody('2024-07-01', '1', 8, {
      ...{ ...probation, endKind: 'movedOut', endedOn: '2024-08-01', movedTo: '玉门市社区矫正管理局' },
    }),
    作废: somebody('2024-02-02', '1', 9, probation),
    // Papers came, nobody did
    未报到: aCorrection({
      ...{ registeredOn: '2024-04-01', decidedOn: '2024-03-15', effectiveOn: '2024-03-25' },
      ...{ documentsOn: '2024-04-01', termFrom: '2024-03-25', termTo: '2024-09-24' },
      idNumber: makeIdentityNumber('1985-04-05', 11),
    }),
    未接收: aCorrection({
      ...{ registeredOn: '2024-04-01', decidedOn: '2024-03-15', effectiveOn: '2024-03-25' },
      ...{ documentsOn: '2024-04-01', termFrom: '2024-03-25', termTo: '2024-09-24' },
      ...{ endKind: 'notReceived', endedOn: '2024-05-01', endReason: '死亡' },
      idNumber: makeIdentityNumber('1986-04-05', 13),
    }),
  };
  for (const [label, record] of Object.entries(people)) await enter(label, 'correction', record);
  await voided('作废');

  const opinion = (receivedOn: string, issuedOn: string, more: Record<string, unknown> = {}) =>
    anEvaluation({
      ...{ receivedOn, issuedOn, conclusion: 'suitable', investigators: '祁连山、马鬃山' },
      opinionNo: '金司矫评1号',
      ...more,
    });
  const evaluations: Record<string, Record<string, unknown>> = {
    // Ten working days over the New Year: 21, 22, 25–29 December, 2–4 January
    评1: opinion('2023-12-20', '2024-01-03'),
    // 4–8 and 11–15 March: the last day of the ten
    评2: opinion('2024-03-01', '2024-03-15'),
    评3: opinion('2024-03-01', '2024-03-18', { conclusion: 'unsuitable' }),
    // Five in the speedy procedure: 4–8 March
    评4: opinion('2024-03-01', '2024-03-11', { procedure: 'speedy' }),
    // 7–10 May and Saturday the 11th, a make-up day of the holiday of 1 May
    评5: opinion('2024-05-06', '2024-05-11', { procedure: 'speedy' }),
    评6: opinion('2024-06-03', '2024-06-28', { extendedTo: '2024-07-01', extensionAgreedOn: '2024-06-10' }),
    无法: opinion('2024-07-25', '2024-08-01', { conclusion: 'impossible', impossibleReason: '查无此人' }),
    退回: anEvaluation({ receivedOn: '2024-09-01', returnedOn: '2024-09-05', returnReason: 'other' }),
    跨年: opinion('2024-12-25', '2025-01-06'),
    废评: opinion('2024-03-01', '2024-03-15'),
  };
  for (const [label, record] of Object.entries(evaluations)) await enter(label, 'evaluation', record);
  await voided('废评');

  const of = (label: string) => ({ personId: ids.get(label) });
  const decided = (label: string, kind: string, decidedOn: string, more: Record<string, unknown> = {}) => ({
    ...{ ...of(label), kind, proposedOn: decidedOn, decidedOn, grounds: '实施办法', decisionNo: '金司矫1号' },
    ...more,
  });
  const granted = (organ: string, resultOn: string) => ({ organ, result: 'granted', resultOn });
  const events: Record<string, [string, Record<string, unknown>]> = {
    表扬甲: ['measure', decided('甲', 'praise', '2024-05-01')],
    训诫甲1: ['measure', decided('甲', 'admonition', '2024-02-01')],
    训诫甲2: ['measure', decided('甲', 'admonition', '2024-12-31')],
    训诫甲3: ['measure', decided('甲', 'admonition', '2025-01-01')],
    待决训诫: ['measure', { ...of('甲'), kind: 'admonition', proposedOn: '2024-06-01' }],
    警告乙: ['measure', decided('乙', 'warning', '2024-03-03')],
    不办警告: [
      'measure',
      { ...of('乙'), kind: 'warning', proposedOn: '2024-03-03', droppedOn: '2024-03-04', dropReason: '轻微' },
    ],
    废警告: ['measure', decided('丁', 'warning', '2024-04-03')],
    治安乙: ['measure', decided('乙', 'security', '2024-04-01', granted('金塔县公安局', '2024-04-10'))],
    撤缓庚: [
      'measure',
      decided('庚', 'revokeProbation', '2024-12-20', granted('金塔县人民法院', '2025-01-01')),
    ],
    收监戊: ['measure', decided('戊', 'imprison', '2024-10-20', granted('金塔县人民法院', '2024-11-15'))],
    脱管甲1: ['absence', lost('甲', '2024-02-10', '2024-02-12')],
    脱管甲2: ['absence', lost('甲', '2024-09-01', '2024-09-02')],
    脱管乙: ['absence', lost('乙', '2024-12-31', '2025-01-02')],
    废脱管: ['absence', lost('丁', '2024-10-01', '2024-10-02')],
    漏管: ['absence', { ...of('未报到'), kind: 'missed', absentFrom: '2024-04-15', foundOn: '2024-04-20' }],
    外出甲: ['leave', leave('甲', '2024-06-03', 'approved', '2024-06-01')],
    不准外出: ['leave', leave('甲', '2024-07-03', 'refused', '2024-07-01')],
    待批外出: ['leave', leave('乙', '2024-08-03')],
    跨县甲: [
      'crossing',
      {
        ...{ ...of('甲'), appliedOn: '2024-06-20', reason: '运输', places: '玉门市', decision: 'approved' },
        ...{ approvedOn: '2024-07-01', validFrom: '2024-07-01', validTo: '2024-12-31' },
      },
    ],
    定位乙: [
      'positioning',
      {
        ...{
          ...of('乙'),
          ground: '04',
          proposedOn: '2024-04-11',
          approvedOn: '2024-04-12',
          approver: '局长',
        },
        ...{ startsOn: '2024-04-12', endsOn: '2024-07-11', removedOn: '2024-07-11', removeReason: '期满' },
      },
    ],
    待批定位: ['positioning', { ...of('甲'), ground: '02', proposedOn: '2024-09-03' }],
    走访1: ['contact', contact('甲', 'visit', '2024-01-15')],
    走访2: ['contact', contact('乙', 'visit', '2024-12-31')],
    走访3: ['contact', contact('甲', 'visit', '2025-01-15')],
    学习: ['contact', contact('甲', 'education', '2024-03-15')],
    公益: ['contact', contact('乙', 'service', '2024-03-16')],
  };
  for (const [label, [ledger, record]] of Object.entries(events)) await enter(label, ledger, record);
  for (const label of ['废警告', '废脱管']) await voided(label);

  function lost(label: string, absentFrom: string, backOn: string) {
    return { ...of(label), kind: 'lost', absentFrom, foundOn: absentFrom, backOn };
  }
  function leave(label: string, leaveFrom: string, decision?: string, approvedOn?: string) {
    const applied = leaveFrom.replace(/-03$/, '-01');
    return {
      ...{ ...of(label), appliedOn: applied, leaveFrom, leaveTo: leaveFrom, destination: '酒泉市' },
      ...{ decision, approvedOn },
    };
  }
  function contact(label: string, kind: string, happenedOn: string) {
    return { ...of(label), kind, happenedOn, manner: 'inPerson' };
  }
});
afterAll(() => program.close());

/** The records of each figure of 2024; the figure is their number unless `persons` says another one. */
const counted: Record<string, { records: string; persons?: number }> = {
  'correctionStock.inRegister': { records: '甲 乙 丁 庚' },
  'correctionStock.category01': { records: '丁' },
  'correctionStock.category02': { records: '甲 乙 庚' },
  'correctionStock.category03': { records: '' },
  'correctionStock.category04': { records: '' },
  'correctionStock.category99': { records: '' },
  'correctionStock.male': { records: '甲 丁 庚' },
  'correctionStock.female': { records: '乙' },
  'correctionStock.otherSex': { records: '' },
  'correctionStock.crime01': { records: '' },
  'correctionStock.crime02': { records: '乙' },
  'correctionStock.crime03': { records: '' },
  'correctionStock.crime04': { records: '' },
  'correctionStock.crime05': { records: '甲' },
  'correctionStock.crime06': { records: '' },
  'correctionStock.crime07': { records: '' },
  'correctionStock.crime08': { records: '' },
  'correctionStock.crime09': { records: '' },
  'correctionStock.crime99': { records: '丁' },
  'correctionStock.crimeUnknown': { records: '庚' },
  'correctionStock.fromElsewhere': { records: '乙' },
  'correctionStock.received': { records: '丙 戊 辛' },
  'correctionStock.movedIn': { records: '丁' },
  'correctionStock.released': { records: '丙 己' },
  'correctionStock.terminated': { records: '戊' },
  'correctionStock.movedOut': { records: '辛' },
  'correctionStock.everReceived': { records: '甲 乙 丙 丁 戊 己 庚 辛' },
  'correctionStock.everReleased': { records: '丙 己' },
  'correctionStock.everTerminated': { records: '戊' },
  'correctionStock.everMovedOut': { records: '辛' },
  'correctionEnd.expired': { records: '丙' },
  'correctionEnd.pardoned': { records: '己' },
  'correctionEnd.otherRelease': { records: '' },
  'correctionEnd.probationRevoked': { records: '' },
  'correctionEnd.paroleRevoked': { records: '' },
  'correctionEnd.imprisoned': { records: '戊' },
  'correctionEnd.died': { records: '' },
  'correctionEnd.otherTermination': { records: '' },
  'correctionEvaluation.accepted': { records: '评2 评3 评4 评5 评6 无法 退回 跨年' },
  'correctionEvaluation.issued': { records: '评1 评2 评3 评4 评5 评6' },
  'correctionEvaluation.impossible': { records: '无法' },
  'correctionEvaluation.inTime': { records: '评1 评2 评5 评6' },
  'correctionMeasure.praise': { records: '表扬甲' },
  'correctionMeasure.admonition': { records: '训诫甲1 训诫甲2' },
  'correctionMeasure.warning': { records: '警告乙' },
  'correctionMeasure.security': { records: '治安乙' },
  'correctionMeasure.securityGranted': { records: '治安乙' },
  // Proposed in the one year, ruled on in the next
  'correctionMeasure.revokeProbation': { records: '撤缓庚' },
  'correctionMeasure.revokeProbationGranted': { records: '' },
  'correctionMeasure.revokeParole': { records: '' },
  'correctionMeasure.revokeParoleGranted': { records: '' },
  'correctionMeasure.imprison': { records: '收监戊' },
  'correctionMeasure.imprisonGranted': { records: '收监戊' },
  'correctionMeasure.arrest': { records: '' },
  'correctionMeasure.reduction': { records: '' },
  // Three times, two persons
  'correctionAbsence.lostPersons': { records: '脱管乙 脱管甲1 脱管甲2', persons: 2 },
  'correctionAbsence.lost': { records: '脱管乙 脱管甲1 脱管甲2' },
  'correctionAbsence.missed': { records: '漏管' },
  'correctionReoffending.persons': { records: '庚' },
  'correctionReoffending.yearEndAndReleased': { records: '甲 乙 丁 庚 丙 己' },
  'correctionReoffending.everInYear': { records: '甲 乙 丁 庚 丙 己 戊 辛' },
  'correctionWork.leaves': { records: '外出甲' },
  'correctionWork.crossings': { records: '跨县甲' },
  'correctionWork.positionings': { records: '定位乙' },
  'correctionWork.visits': { records: '走访1 走访2' },
  'correctionWork.education': { records: '学习' },
  'correctionWork.service': { records: '公益' },
  'correctionWork.help': { records: '' },
  'correction.assessments': { records: '评1 评2 评3 评4 评5 评6' },
  'correction.received': { records: '丙 戊 辛' },
  'correction.released': { records: '丙 己' },
};

test('every figure of correction is what a hand counts, and opens what it counts', async () => {
  const figures = await figuresOf(2024);
  const ofCorrection = [...figures.values()].filter(
    ({ code, basis, source }) => code.startsWith('correction') && basis !== 'rate' && source !== null,
  );
  expect(ofCorrection.map(({ code }) => code).sort()).toEqual(Object.keys(counted).sort());
  for (const [code, { records, persons }] of Object.entries(counted)) {
    const labels = records === '' ? [] : records.split(' ').sort();
    expect(await behind(code), code).toEqual(labels);
    const value = persons ?? labels.length;
    expect(figures.get(code), code).toMatchObject({ value, records: labels.length, source: 'ledger' });
  }
});

test('rates are divided as the law or the bureau has it', async () => {
  const figures = await figuresOf(2024);
  // 1 of 4, 4 of 6, 1 of 4 + 2
  expect(figures.get('correctionStock.fromElsewhereShare')?.printed).toBe('25%');
  expect(figures.get('correctionEvaluation.inTimeRate')?.printed).toBe('66.66%');
  const rate = 'correctionReoffending.rate';
  expect(figures.get(rate)?.printed).toBe('16.66%');
  expect(figures.get(rate)?.bases?.chosen).toBe('correctionReoffending.yearEndAndReleased');
  const chosen: [string, number, string][] = [
    ['correctionStock.inRegister', 4, '25%'],
    ['correctionReoffending.everInYear', 8, '12.5%'],
    ['correctionStock.everReceived', 8, '12.5%'],
    ['correctionReoffending.yearEndAndReleased', 6, '16.66%'],
  ];
  for (const [base, denominator, printed] of chosen) {
    await program.call('indicator.chooseBase', { code: rate, base });
    expect((await figuresOf(2024)).get(rate)).toMatchObject({ numerator: 1, denominator, printed });
    expect(await behind(rate)).toHaveLength(denominator);
  }
  const refused = await program.refused('indicator.chooseBase', { code: rate, base: 'mediation.cases' });
  expect(refused).toMatchObject({ code: 'indicator-base', params: { name: '再犯罪率' } });
});

test('the register adds up from year to year, and what lay over the turn of a year is in the other', async () => {
  const [before, now, after] = await Promise.all([2023, 2024, 2025].map(figuresOf));
  const value = (figures: typeof now, code: string) => Number(figures?.get(code)?.value);
  const flows = ['received', 'movedIn', 'released', 'terminated', 'movedOut'].map((code) =>
    value(now, `correctionStock.${code}`),
  );
  const [received = 0, movedIn = 0, released = 0, terminated = 0, movedOut = 0] = flows;
  const start = value(before, 'correctionStock.inRegister');
  expect(start).toBe(4);
  expect(start + received + movedIn - released - terminated - movedOut).toBe(
    value(now, 'correctionStock.inRegister'),
  );
  expect(value(after, 'correctionMeasure.revokeProbationGranted')).toBe(1);
  expect(value(after, 'correctionEnd.probationRevoked')).toBe(1);
  expect(value(after, 'correctionEvaluation.issued')).toBe(1);
  expect(value(before, 'correctionEvaluation.accepted')).toBe(1);
});

test('what was typed stands over the ledger, for a county that keeps no register of correction', async () => {
  const code = 'correction.assessments';
  await program.call('indicator.enter', { year: 2024, code, printed: '11人次' });
  expect((await figuresOf(2024)).get(code)).toMatchObject({
    ...{ value: 11, printed: '11人次', source: 'manual' },
    fromLedger: { value: 6, printed: '6人次' },
  });
  await program.call('indicator.enter', { year: 2024, code, printed: null });
  expect((await figuresOf(2024)).get(code)).toMatchObject({ printed: '6人次', source: 'ledger' });
});

test('what leaves the county tells no number of one or two persons, nor what it could be worked out of', async () => {
  const { figures } = await program.call('indicator.list', { year: 2024, isOutside: true });
  const outside = new Map(figures.map((figure) => [figure.code, figure]));
  const whole = await figuresOf(2024);
  for (const { code, unit, value, section } of whole.values()) {
    if (section !== '社区矫正报表' || !['人', '人次'].includes(unit)) continue;
    const told = outside.get(code);
    if (value !== null && value > 0 && value <= 2)
      expect(told, code).toMatchObject({ value: null, printed: '*', records: 0, fromLedger: null });
  }
  // 4 in the register, 3 of them on probation and 1 under control: one alone would be 4 - 3
  expect(outside.get('correctionStock.inRegister')?.printed).toBe('4人');
  for (const code of [
    'category01',
    'category02',
    'male',
    'female',
    'crime05',
    'crime99',
    'fromElsewhereShare',
  ])
    expect(outside.get(`correctionStock.${code}`)?.printed, code).toBe('*');
  const cellsOf = async (isOutside: boolean) => {
    const asked = { year: 2024, section: '社区矫正报表', isOutside };
    const { html, rows } = await program.call('indicator.print', asked);
    expect(rows).toBeGreaterThan(50);
    return html;
  };
  const [inside, gone] = [await cellsOf(false), await cellsOf(true)];
  expect(inside).toMatch(/在册女性<\/td><td[^>]*>1人</);
  expect(gone).toMatch(/在册女性<\/td><td[^>]*>\*</);
  expect(gone).toContain('人数在1至2人之间');
  expect(gone).not.toMatch(/>[12]人(次)?</);
});
