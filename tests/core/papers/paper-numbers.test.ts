// Numbers of papers: the next of its series on demand, by unit, year and kind; a typed one stays; none is ever given twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { caseNumberKey } from '#shared/domain/case-number.ts';
import { aLeave, anEvaluation, aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let personId: string;
const save = (to: Person, ledger: string, record: Record<string, unknown>) =>
  to.call('ledger.save', { ledger, record }) as Promise<Saved>;
const aMeasure = (kind: string, more: Record<string, unknown> = {}) => ({
  personId,
  kind,
  proposedOn: '2025-05-20',
  grounds: '实施办法第三十四条',
  decidedOn: '2025-05-21',
  ...more,
});
const kinds: Readonly<Record<string, string>> = {
  warning: 'warningDecision',
  admonition: 'admonitionDecision',
  praise: 'praiseDecision',
};
const numberOf = async (to: Person, record: Saved, kind: string, more: { copy?: string } = {}) =>
  (await to.call('paper.number', { id: record.id, kind, ...more })).number;

beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  await program.call('number.change', { ledger: 'mediation', prefix: '金司' });
  ({ id: personId } = await save(program, 'correction', aPersonInCorrection()));
});
afterAll(() => program.close());

test('by kind and year, once for each paper; what was voided keeps its number', async () => {
  const first = await save(program, 'measure', aMeasure('warning'));
  expect(await numberOf(program, first, 'warningDecision')).toBe('〔2025〕金司矫警字第1号');
  expect(await program.call('paper.number', { id: first.id, kind: 'warningDecision' })).toEqual({
    number: '〔2025〕金司矫警字第1号',
    isNew: false,
  });
  const other = await save(program, 'measure', aMeasure('admonition'));
  expect(await numberOf(program, other, 'admonitionDecision')).toBe('〔2025〕金司矫训字第1号');
  await program.call('ledger.act', { id: first.id, action: 'void', record: { voidReason: '登记错误' } });
  const next = await save(program, 'measure', aMeasure('warning', { decidedOn: '2025-05-22' }));
  expect(await numberOf(program, next, 'warningDecision')).toBe('〔2025〕金司矫警字第2号');
  expect(await program.refused('paper.number', { id: first.id, kind: 'warningDecision' })).toMatchObject({
    code: 'paper-unfit',
  });
  const { record } = await program.call('ledger.get', { id: next.id });
  expect(record.decisionNo).toBe('〔2025〕金司矫警字第2号');
});

test('two papers that print one number have one series; an extension has the number of its row', async () => {
  const leave = await save(
    program,
    'leave',
    aLeave(personId, { decision: 'approved', approvedOn: '2025-05-06', approver: '边小舟' }),
  );
  const number = await numberOf(program, leave, 'leaveApproval');
  expect(await numberOf(program, leave, 'leaveCertificate')).toBe(number);
  const used = await save(program, 'positioning', {
    personId,
    ground: '02',
    proposedOn: '2025-03-14',
    approvedOn: '2025-03-15',
    approver: '边小舟',
    startsOn: '2025-03-16',
    endsOn: '2025-05-15',
    extensions: [
      { until: '2025-06-10', approvedOn: '2025-05-14', approver: '边小舟' },
      { until: '2025-06-20', approvedOn: '2025-06-09', approver: '边小舟' },
    ],
  });
  expect(await numberOf(program, used, 'positioningExtension', { copy: '1' })).toBe(
    '〔2025〕金司矫定延字第1号',
  );
  const { record } = await program.call('ledger.get', { id: used.id });
  expect(record.extensions).toMatchObject([
    { approver: '边小舟' },
    { approvalNo: '〔2025〕金司矫定延字第1号' },
  ]);
  expect(
    await program.refused('paper.number', { id: used.id, kind: 'positioningExtension', copy: '7' }),
  ).toMatchObject({ code: 'paper-copy-missing' });
});

test('one that was typed is left alone, and passed over where it comes next', async () => {
  const typed = await save(
    program,
    'evaluation',
    anEvaluation({
      opinionNo: '[2025]金司矫评字第1号',
      idNumber: null,
      conclusion: 'suitable',
      issuedOn: '2025-06-20',
    }),
  );
  expect(await numberOf(program, typed, '评估意见书')).toBe('[2025]金司矫评字第1号');
  const next = await save(
    program,
    'evaluation',
    anEvaluation({ idNumber: null, name: '唐草', conclusion: 'suitable', issuedOn: '2025-06-20' }),
  );
  expect(await numberOf(program, next, '评估意见书')).toBe('〔2025〕金司矫评字第2号');
});

test('the look of a series is the unit’s to choose, for the numbers to come', async () => {
  const series = await program.call('number.series', {});
  expect(series).toContainEqual(
    expect.objectContaining({ series: 'praiseDecision', register: '考核奖惩台账' }),
  );
  const settings = await program.call('number.change', {
    ledger: 'praiseDecision',
    pattern: '{prefix}矫表〔{year}〕{n:3}号',
  });
  expect(settings.former).toEqual(['〔{year}〕{prefix}矫表字第{n}号', '{prefix}矫表〔{year}〕{n:3}号']);
  const praised = await save(program, 'measure', aMeasure('praise'));
  expect(await numberOf(program, praised, 'praiseDecision')).toBe('金司矫表〔2025〕001号');
});

test('who did not decide, or has no short name, or has none left, is told so and gets none', async () => {
  const station = await aProgram();
  const person = await save(station, 'correction', aPersonInCorrection());
  const warned = await save(station, 'measure', {
    ...aMeasure('warning'),
    personId: person.id,
    decidedOn: null,
  });
  expect(await station.refused('paper.number', { id: warned.id, kind: 'warningDecision' })).toMatchObject({
    code: 'paper-number-level',
    params: { level: 'county' },
  });
  const leave = await save(station, 'leave', aLeave(person.id));
  await station.call('number.change', { ledger: 'mediation', prefix: '' });
  expect(await station.refused('paper.number', { id: leave.id, kind: 'leaveApproval' })).toMatchObject({
    code: 'paper-number-prefix',
  });
  await station.call('number.change', { ledger: 'mediation', prefix: '东坝' });
  const beside = await aProgram({ from: station.folder, beside: true });
  expect(await beside.refused('paper.number', { id: leave.id, kind: 'leaveApproval' })).toMatchObject({
    code: 'paper-number-none',
  });
  const { record } = await beside.call('ledger.get', { id: leave.id });
  expect(record.approvalNo ?? null).toBeNull();
  await beside.close();
  await station.close();
});

test('a paper without numbers has none', async () => {
  expect(await program.refused('paper.number', { id: personId, kind: '送达回执' })).toMatchObject({
    code: 'paper-unnumbered',
  });
});

const seed = Number(process.env.JUDICIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const turns = process.env.JUDICIAL_FULL ? 3000 : 160;

test(`no number of a paper twice, over two installations and ${turns} turns (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const owner = await aProgram({ isCounty: true });
  await owner.call('number.change', { ledger: 'mediation', prefix: '金司' });
  const { id: whom } = await save(owner, 'correction', aPersonInCorrection());
  const { name: copy } = await owner.call('system.backup', {});
  const other = await aProgram({ from: owner.folder, beside: true });
  const seen = new Map<string, string>();
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (let turn = 0; turn < turns; turn++) {
    const at = random() < 0.6 ? owner : other;
    const kind = pick(Object.keys(kinds));
    const paper = kinds[kind] ?? '';
    const lot = random();
    if (lot < 0.04 && at === owner) {
      await owner.call('program.restore', { backup: copy });
      await owner.signInAgain();
      count('restored');
    } else if (lot < 0.14) {
      const { installation } = await other.call('number.settings', { ledger: paper });
      const { code } = await owner.call('number.grant', {
        ledger: paper,
        year: 2025,
        count: 1 + Math.floor(random() * 3),
        installation,
      });
      await other.call('number.receive', { code });
      count('granted');
    } else {
      const day = pick(['2025-05-21', '2025-06-03']);
      const made = await save(at, 'measure', { ...aMeasure(kind), personId: whom, decidedOn: day });
      const answer = await at.ask('paper.number', { id: made.id, kind: paper });
      if (!answer.ok) {
        expect(answer.error.code).toBe('paper-number-none');
        count('none left');
        continue;
      }
      const { number } = answer.value as { number: string };
      const key = caseNumberKey(number);
      expect(seen.get(key), `${number} on ${made.id} (seed ${seed})`).toBeUndefined();
      seen.set(key, made.id);
      count('numbered');
      if (random() < 0.2) {
        await at.call('ledger.act', { id: made.id, action: 'void', record: { voidReason: '写坏' } });
        count('voided');
      }
    }
  }
  console.log(`paper numbers: seed ${seed}, ${JSON.stringify(counts)}`);
  for (const what of ['numbered', 'voided', 'granted', 'none left'])
    expect(counts[what] ?? 0, what).toBeGreaterThan(0);
  await other.close();
  await owner.close();
});
