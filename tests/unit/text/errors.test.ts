import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '#cli/commands/table.ts';
import type { Failure, FieldProblem } from '#shared/api/errors.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { errorText } from '#shared/text/errors.ts';
import { labelOfPath, problemText, problemTextAt } from '#shared/text/problems.ts';
import { onLine } from '#shared/text/reader.ts';
import { answerNames } from '#shared/text/sealing-above.ts';

const source = readFileSync(path.resolve(import.meta.dirname, '../../../shared/api/errors.ts'), 'utf8');
const table = source.slice(source.indexOf('ErrorParams = {'), source.indexOf('export type ErrorCode'));

/** Every code with made-up facts, read from the contract itself. */
const failures = [...table.matchAll(/^ {2}'?([a-z-]+)'?: (?:\{([^}]*)\}|Record)/gm)].map(
  ([, code, fields = '']) => {
    const params = Object.fromEntries(
      [...fields.matchAll(/(\w+): (string|number|AnswerOutcome)/g)].map(([, name, type]) => [
        name,
        type === 'number' ? 7 : type === 'AnswerOutcome' ? Object.keys(answerNames)[0] : `〈${name}〉`,
      ]),
    );
    return { code, params } as unknown as Failure;
  },
);

/** Facts that would mean nothing to the person, or are said in other words. */
const unsaid: Record<string, string[]> = {
  // a register by its words
  'action-not-allowed': ['ledger'],
  'paper-unfit': ['ledger'],
  // said by its name
  'above-decided': ['outcome'],
  'above-taken': ['outcome'],
  // names of methods are English
  busy: ['method'],
  cancelled: ['method'],
  'thread-lost': ['method'],
};

/** What is in a window and nowhere else; a sentence for the command line may send its reader to the program's window. */
const ofTheWindow =
  /点“|按钮|画面|刷新|所选|列表|窗口|重新打开|回到|重新选择|一栏|页面|“(维护|账号|操作日志|修改密码|显示全文|新建)”/;
/** Met by acts that have no command. */
const inWindowOnly = [
  ...['grant-unknown', 'closing', 'codes-unknown', 'mapping-refused', 'deadline-unknown', 'issued-missing'],
  ...['person-missing', 'person-decision-missing', 'sealing-settled', 'sealing-same-account'],
  ...['enquiry-missing', 'file-not-due', 'destruction-unknown', 'destruction-state'],
];

describe('sentences of failures', () => {
  it('exist for every code, in Chinese, complete, and say what to do', () => {
    expect(failures.length).toBeGreaterThan(50);
    for (const failure of failures) {
      const text = errorText(failure);
      expect(text, failure.code).toMatch(/^[\p{Script=Han}“].*。$/u);
      expect(text, failure.code).not.toMatch(/undefined|NaN|\[object/);
      expect(text, failure.code).toMatch(/请|再做|没有改动|已取消|打开程序/);
    }
  });

  it('name commands on the command line, those that are there, and nothing of the window', () => {
    const found = failures.filter((failure) =>
      ofTheWindow.test(errorText(failure, onLine).replaceAll('程序窗口', '')),
    );
    expect(found.map(({ code }) => code).sort()).toEqual([...inWindowOnly].sort());
    for (const failure of failures) {
      const text = errorText(failure, onLine);
      expect(text, failure.code).toMatch(/^[\p{Script=Han}“].*。$/u);
      for (const [, named = ''] of text.matchAll(/命令 ([a-z][a-z -]*[a-z])/g)) {
        const words = named.split(' ').filter((word) => !word.startsWith('-'));
        const isThere = [words.slice(0, 2).join(' '), words[0] ?? ''].some((one) => one in commands);
        expect(isThere, `${failure.code} ${named}`).toBe(true);
      }
    }
  });

  it('of the window name no command', () => {
    for (const failure of failures)
      expect(errorText(failure), failure.code).not.toMatch(/命令 [a-z]|--[a-z]/);
  });

  it('name the facts they were given', () => {
    for (const { code, params } of failures) {
      const text = errorText({ code, params } as Failure);
      for (const [name, value] of Object.entries(params)) {
        if (unsaid[code]?.includes(name) || code === 'record-missing') continue;
        expect(text, `${code} ${name}`).toContain(String(value));
      }
    }
  });

  it('name states and steps as the screens do, and the way back', () => {
    const refused = (action: string, state: string, ledger = 'mediation') =>
      errorText({ code: 'action-not-allowed', params: { action, state, ledger } });
    expect(refused('edit', 'archived')).toMatch(/“已归档”.*先办理“撤销归档”/);
    expect(refused('edit', 'voided')).toMatch(/“已作废”.*另行登记/);
    expect(refused('archive', 'open')).toMatch(/“调解中”，不能办理“归档”/);
    // Other registers have states and steps of the same names
    expect(refused('void', 'open', 'absence')).toContain('“查找中”');
    const typed = {
      code: 'action-not-allowed',
      params: { action: 'restore', state: 'open', ledger: 'absence' },
    };
    const told = errorText(typed as Failure, onLine);
    expect(told).toContain('“查找中”');
    expect(told).toContain('登记查找（search）、恢复监管（end）、作废（void）');
  });

  it('advise on a paper what its register asks for, and name nobody', () => {
    const unfit = (ledger: string) =>
      errorText({ code: 'paper-unfit', params: { title: '训诫决定书', ledger } });
    expect(unfit('mediation')).toContain('调解结果');
    expect(unfit('measure')).not.toContain('调解');
  });

  it('say how a duty is given with a new account', () => {
    const params = { duty: 'audit' } as const;
    expect(errorText({ code: 'duty-unheld', params }, onLine)).toMatch(/account create .*--duties audit/);
    expect(errorText({ code: 'duty-unheld', params })).not.toMatch(/[a-z]{3}/);
  });

  it('differ where the facts differ', () => {
    const damaged = (backups: number) =>
      errorText({ code: 'damaged', params: { folder: 'D', backups, detail: 'x' } });
    expect(damaged(0)).not.toContain('选择一份恢复');
    expect(damaged(3)).toContain('3 份备份');
    const places = [0, 1, 3].map((elsewhere) =>
      errorText({ code: 'damaged', params: { folder: 'D', backups: 3, elsewhere, detail: 'x' } }, onLine),
    );
    expect(places[0]).toContain('（在数据文件夹的 backups 里，');
    expect(places[1]).toContain('（在数据文件夹的 backups 和另设的备份文件夹里，');
    expect(places[2]).toContain('（在另设的备份文件夹里，');
  });
});

describe('sentences of field problems', () => {
  const problems: FieldProblem[] = [
    { problem: 'required' },
    { problem: 'too-long', max: 40 },
    { problem: 'impossible-date', text: '20250230' },
    { problem: 'in-future', day: '2025-01-01' },
    { problem: 'too-far-ahead', until: '2125-01-01' },
    { problem: 'too-long-ago', day: '1026-01-01' },
    { problem: 'not-a-day', text: 'x' },
    { problem: 'before', other: 'acceptedOn', day: '2025-01-01' },
    { problem: 'unknown-code', code: '99' },
    { problem: 'not-a-number', text: 'x' },
    { problem: 'not-yes-or-no', text: 'x' },
    { problem: 'out-of-range', min: 0, max: 9 },
    { problem: 'not-an-amount', text: 'x' },
    { problem: 'amount-out-of-range', most: '1.00' },
    { problem: 'identity-number', fault: 'identity-check' },
    { problem: 'credit-code', fault: 'credit-shape' },
    { problem: 'letters-only' },
    { problem: 'number-unknown', text: '7' },
    { problem: 'number-used', text: '7', by: '甲' },
    { problem: 'number-used', text: '7', by: '' },
    { problem: 'number-returned', text: '7', reason: '写坏' },
    { problem: 'number-elsewhere', text: '7' },
    { problem: 'number-other-year', text: '7', year: 2024, wanted: '2025' },
    { problem: 'number-other-prefix', text: '7', prefix: '甲', wanted: '乙' },
    { problem: 'number-taken', text: '甲1号', by: '（2026）甲第1号' },
    { problem: 'number-left', text: '甲1号', by: '（2026）甲第1号' },
    { problem: 'number-given', text: '7' },
    { problem: 'number-too-early', text: '7' },
    { problem: 'phone' },
    { problem: 'unknown-record' },
    { problem: 'unknown-field' },
    { problem: 'too-few', min: 1 },
    { problem: 'missing-with', other: 'outcome' },
    { problem: 'wrong-type' },
  ];

  it('name the field, and the other one where there is one', () => {
    for (const problem of problems) {
      const text = problemText(problem, '办结日期', (other) => `〈${other}〉`);
      expect(text, problem.problem).toContain('办结日期');
      expect(text, problem.problem).toMatch(/。$/);
      if ('other' in problem) expect(text).toContain(`〈${problem.other}〉`);
    }
  });

  it('find their labels by the path in the record', () => {
    expect(labelOfPath(mediation, 'acceptedOn')).toBe('受理日期');
    expect(labelOfPath(mediation, 'parties.1.name')).toBe('当事人（第2条）姓名（名称）');
    expect(labelOfPath(mediation, 'parties')).toBe('当事人');
    expect(
      problemTextAt(mediation, 'concludedOn', { problem: 'before', other: 'acceptedOn', day: '2025-03-01' }),
    ).toBe('办结日期不能早于受理日期（2025-03-01），请改正其中一个。');
  });
});
