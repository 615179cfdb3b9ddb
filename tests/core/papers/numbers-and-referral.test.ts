import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { textOf } from './reading.ts';

let program: Program;
let files = 0;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

async function made(kind: string, { id }: Saved): Promise<string> {
  files += 1;
  const out = program.grant(`numbers-${files}`, `${program.beside}/numbers-${files}.docx`);
  return textOf((await program.call('paper.make', { id, kind, out })).file);
}

const missing = async ({ id }: Saved, kind: string) => {
  const { papers } = await program.call('paper.list', { id });
  return papers.find((paper) => paper.kind === kind)?.copies.flatMap((copy) => copy.missing) ?? [];
};

const save = (saved: Saved, more: Record<string, unknown>) =>
  program.save({ ...saved.record, ...more } as never, { id: saved.id, baseVersion: saved.version });

describe('the number of an agreement', () => {
  test('is that of the case in its own form, as soon as there is a written agreement', async () => {
    const open = await program.save(aMediation().accepted('2025-03-01'));
    expect(open.record.agreementNo).toBeUndefined();
    const saved = await save(open, {
      outcome: 'agreed',
      concludedOn: '2025-03-05',
      agreementForm: 'written',
    });
    const [, prefix, number] = /^（2025）(.+)人调字第(\d+)号$/.exec(String(saved.record.caseNo)) ?? [];
    expect(saved.record.agreementNo).toBe(`${prefix}人调字〔2025〕${number}号`);
  });

  test('an oral one gets none, nor one that was written or waived; left out, it comes back', async () => {
    const oral = await program.save(aMediation().agreed().with({ agreementForm: 'oral' }));
    expect(oral.record.agreementNo).toBeUndefined();
    const own = await program.save(aMediation().agreed().with({ agreementNo: '自编1号' }));
    expect(own.record.agreementNo).toBe('自编1号');
    const waived = await program.save(
      aMediation()
        .agreed()
        .with({ waivers: [{ field: 'agreementNo', reason: '即时结清' }] }),
    );
    expect(waived.record.agreementNo).toBeUndefined();
    const cleared = await save(await program.save(aMediation().agreed()), { agreementNo: null });
    expect(cleared.record.agreementNo).toMatch(/人调字〔2025〕\d+号$/);
    expect(cleared.versions).toHaveLength(1);
  });

  test('is that of one agreement: a number typed into another case is left, a taken one refused', async () => {
    const day = '2024-03-01';
    const at = () => aMediation().accepted(day);
    const number = (saved: Saved) => /第(\d+)号$/.exec(String(saved.record.caseNo))?.[1] ?? '';
    const first = await program.save(at());
    const prefix = String(first.record.caseNo).slice('（2024）'.length).split('人调字')[0];
    const ahead = `${prefix}人调字〔2024〕${Number(number(first)) + 2}号`;
    const early = await program.save(at().agreed().with({ agreementNo: ahead }));
    expect(early.record.agreementNo).toBe(ahead);
    const later = await program.save(at().agreed());
    expect(later.record.caseNo).toContain(`第${Number(number(first)) + 2}号`);
    expect(later.record.agreementNo).toBeUndefined();
    const left = { problem: 'number-left', text: ahead, by: String(early.record.caseNo) } as const;
    expect(later.warnings.agreementNo).toEqual(left);
    expect(problemTextAt(mediation, 'agreementNo', left)).toContain(`“${ahead}”，已用于“（2024）`);
    // Other brackets, the same number; settled into the index it is found as well
    const typed = ahead.replace('〔', '（').replace('〕', '）');
    for (const wait of [async () => undefined, () => program.call('system.rebuild', { whole: true })]) {
      await wait();
      const refused = await program.refused('ledger.save', {
        ledger: 'mediation',
        record: at().agreed().with({ agreementNo: typed }).record(),
      });
      expect(refused).toMatchObject({ fields: { agreementNo: { problem: 'number-taken', text: typed } } });
    }
    // It keeps its own, and once that is voided or mended the other gets it
    expect((await save(early, { remark: '补正' })).record.agreementNo).toBe(ahead);
    const { id, version } = await program.call('ledger.get', { id: early.id });
    await program.call('ledger.act', {
      id,
      baseVersion: version,
      action: 'void',
      record: { voidReason: '登记重复' },
    });
    const again = await save(later, { remark: '重新保存' });
    expect(again.record.agreementNo).toBe(ahead);
    expect(again.warnings).not.toHaveProperty('agreementNo');
  });

  test('the court reads it, or nothing in its place', async () => {
    expect(
      await made('confirmation', await program.save(fullCase({ agreementNo: '东坝人调字〔2025〕77号' }))),
    ).toContain('人民调解协议（编号：东坝人调字〔2025〕77号）有效。');
    const without = await program.save(fullCase().with({ agreementNo: null, agreementForm: 'oral' }));
    expect(await made('confirmation', without)).toContain('调解达成的人民调解协议有效。');
    const waived = fullCase().with({
      agreementNo: null,
      waivers: [{ field: 'agreementNo', reason: '即时结清' }],
    });
    const text = await made('confirmation', await program.save(waived));
    expect(text).toContain('调解达成的人民调解协议有效。');
    expect(text).not.toContain('不适用');
  });
});

describe('a mediation that failed', () => {
  const failed = () => fullCase().failed('2025-03-20');

  test('without a reason the paper has a line to write it on, and no sentence broken by a gap', async () => {
    const saved = await program.save(failed().with({ outcomeReason: null }));
    const text = await made('termination', saved);
    expect(text).toContain('依法进行了调解。至2025年3月20日未能达成调解协议');
    expect(text).toContain('未达成协议的原因：');
    expect(text).not.toMatch(/因[\s　]|(^|\n)[，、。]/);
    expect(await missing(saved, 'termination')).toContain('未达成协议的原因');
  });

  test('a reason goes on in the sentence, whatever sign it ends with', async () => {
    const text = await made(
      'termination',
      await program.save(failed().with({ outcomeReason: '双方对数额分歧过大。' })),
    );
    expect(text).toContain('因双方对数额分歧过大，至2025年3月20日未能达成调解协议');
    expect(text).not.toContain('未达成协议的原因：');
  });

  test('the step that concludes it asks for the reason', async () => {
    const open = await program.save(aMediation());
    const conclude = (record: Record<string, unknown>) => ({
      id: open.id,
      action: 'conclude',
      baseVersion: open.version,
      record: { outcome: 'failed', concludedOn: '2025-03-05', ...record },
    });
    const refused = await program.refused('ledger.act', conclude({}));
    expect(refused.fields).toEqual({ outcomeReason: { problem: 'required' } });
    const done = await program.call('ledger.act', conclude({ outcomeReason: '一方拒绝再谈' }));
    expect(done.state).toBe('failed');
  });
});

describe('a dispute that a court sent', () => {
  const referral = {
    source: 'courtReferral',
    referringCourt: '金塔县人民法院',
    referralKind: 'assigned',
    referralNo: '（2025）甘0921诉前调12号',
    referredOn: '2025-02-27',
  };
  const sent = '金塔县人民法院委派调解（2025年2月27日，（2025）甘0921诉前调12号）';

  test('is named with the letter where it came in and where the court reads', async () => {
    const saved = await program.save(fullCase().with(referral));
    expect(await made('registration', saved)).toContain(`（√）接受委托移送（${sent}）`);
    expect(await made('confirmation', saved)).toContain(`本纠纷由${sent}，经`);
    const short = await program.save(fullCase().with({ ...referral, referralNo: null, referredOn: null }));
    expect(await missing(short, 'registration')).toEqual(
      expect.arrayContaining(['委派（委托）函文号', '委派（委托）日期']),
    );
    expect((await missing(saved, 'registration')).join()).not.toContain('委派');
  });

  test('another source has nothing of it', async () => {
    const { warnings, record } = await program.save(fullCase().with({ ...referral, source: 'application' }));
    expect(warnings.referringCourt).toEqual({ problem: 'not-kept', other: 'source' });
    expect(record.referringCourt).toBeUndefined();
    const plain = await program.save(fullCase());
    expect((await missing(plain, 'confirmation')).join()).not.toContain('委派');
    expect(await made('confirmation', plain)).not.toContain('本纠纷由');
  });

  test('it cannot come in before the court sent it', async () => {
    const refused = await program.refused('ledger.save', {
      ledger: 'mediation',
      record: fullCase()
        .with({ ...referral, referredOn: '2025-03-02' })
        .record(),
    });
    expect(refused.fields).toMatchObject({ acceptedOn: { problem: 'before', other: 'referredOn' } });
  });
});
