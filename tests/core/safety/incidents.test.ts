// Incidents with personal information and assessments of impact: their life, what is due of them, and their papers.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { safetyPaperKinds } from '#shared/domain/safety-papers.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import { selfCheckText } from '#shared/text/self-check.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let auditor: Person;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  auditor = await program.signIn('auditor');
});
afterAll(() => program.close());

const save = (ledger: string, record: Record<string, unknown>): Promise<Saved> =>
  program.call('ledger.save', { ledger, record });
const act = (saved: Saved, action: string, record: Record<string, unknown> = {}) =>
  program.call('ledger.act', { id: saved.id, action, baseVersion: saved.version, record });
const anIncident = (more: Record<string, unknown> = {}) => ({
  subject: '移动硬盘遗失',
  kind: 'loss',
  happenedOn: '2025-06-20',
  discoveredOn: '2025-06-27',
  discoveredBy: '祁连山',
  dataKinds: '姓名、住址、纠纷情况',
  personCount: 37,
  isSensitive: true,
  ...more,
});
const settled = {
  cause: '外出途中遗失',
  measures: '挂失并更换密码',
  reportedTo: '县委网信办',
  reportedOn: '2025-06-27',
  notice: 'each',
  notifiedOn: '2025-06-28',
  settledOn: '2025-06-30',
  lessons: '外出不再携带明文数据',
};
const dueOf = async (id: string) => {
  const { overdue, today, week } = await program.call('deadline.board', {});
  return [...overdue, ...today, ...week].filter((one) => one.id === id).map(({ rule }) => rule);
};

test('an incident is to be reported and told to the persons on the day; each is off the board when it is done', async () => {
  const found = await save('incident', anIncident());
  expect((await dueOf(found.id)).sort()).toEqual(['incident.notice', 'incident.report']);
  const reported = await program.call('ledger.save', {
    ledger: 'incident',
    id: found.id,
    baseVersion: found.version,
    record: anIncident({ reportedTo: '县委网信办', reportedOn: '2025-06-27' }),
  });
  expect(await dueOf(found.id)).toEqual(['incident.notice']);
  await program.call('ledger.save', {
    ledger: 'incident',
    id: found.id,
    baseVersion: reported.version,
    record: anIncident({
      reportedTo: '县委网信办',
      reportedOn: '2025-06-27',
      notice: 'avoided',
      noticeReason: '整盘加密，密码未泄露',
    }),
  });
  expect(await dueOf(found.id)).toEqual([]);
});

test('it is settled with everything the law wants told, and not before', async () => {
  const found = await save('incident', anIncident());
  const asked = await program.refused('ledger.act', {
    id: found.id,
    action: 'settle',
    baseVersion: found.version,
  });
  expect(Object.keys(asked.fields ?? {}).sort()).toEqual(
    ['cause', 'lessons', 'measures', 'notice', 'reportedOn', 'reportedTo', 'settledOn'].sort(),
  );
  const unsaid = await program.refused('ledger.act', {
    id: found.id,
    action: 'settle',
    baseVersion: found.version,
    record: { ...settled, notifiedOn: null },
  });
  expect(Object.keys(unsaid.fields ?? {})).toEqual(['notifiedOn']);
  expect((await act(found, 'settle', settled)).state).toBe('settled');
  const early = anIncident({ reportedOn: '2025-06-26' });
  expect(await program.refused('ledger.save', { ledger: 'incident', record: early })).toMatchObject({
    fields: { reportedOn: { problem: 'before' } },
  });
});

test('report and notice say what the record says, without names of the office’s own', async () => {
  const stick = await save('medium', {
    mediumNo: '东司移甲',
    kind: 'disk',
    keeper: '祁连山',
    registeredOn: '2025-01-06',
  });
  const found = await save(
    'incident',
    anIncident({
      ...settled,
      settledOn: null,
      lessons: null,
      mediumId: stick.id,
      harm: '可能接到冒名电话',
      advice: '留意来电',
    }),
  );
  const { html } = await program.call('safety.paper', { kind: 'incidentReport', id: found.id });
  for (const words of [
    '县委网信办',
    '移动硬盘遗失',
    '丢失',
    '2025年6月27日',
    '东司移甲',
    '外出途中遗失',
    '可能接到冒名电话',
    '37',
    '第五十七条',
    '东坝镇司法所',
  ])
    expect(html, words).toContain(words);
  // A mark of yes stands under a question that yes answers
  expect(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).toMatch(/含敏感信息 是/);
  expect(html).toContain('只是可能发生');
  const notice = await program.call('safety.paper', { kind: 'incidentNotice', id: found.id });
  expect(notice.html).toContain('留意来电');
  const out = path.join(program.beside, 'notice.docx');
  await program.call('safety.makePaper', {
    kind: 'incidentNotice',
    id: found.id,
    out: program.grant('notice', out),
  });
  expect(fs.statSync(out).size).toBeGreaterThan(4000);
  const log = await auditor.call('audit.list', { recordId: found.id });
  expect(log.entries.map(({ action }) => action)).toContain('safety.makePaper');
  expect(await program.refused('safety.paper', { kind: 'assessmentReport', id: found.id })).toMatchObject({
    code: 'safety-paper-unfit',
  });
});

test('whoever is shown names masked gets no paper of a record, but every form', async () => {
  const found = await save('incident', anIncident({ cause: '黎明丢失' }));
  expect(await auditor.refused('safety.paper', { kind: 'incidentReport', id: found.id })).toMatchObject({
    code: 'veiled',
  });
  for (const kind of safetyPaperKinds) {
    const { html, title } = await auditor.call('safety.paper', { kind });
    expect(title).toBe(safetyPaperText.titles[kind]);
    // A form has room, and no gap that is marked as forgotten
    expect(html, kind).not.toMatch(/【|undefined|null/);
  }
});

test('an assessment is approved with all that the law asks of it, and comes back on its day', async () => {
  const begun = await save('assessment', {
    subject: '人民调解台账电子化',
    situation: 'sensitive',
    startedOn: '2025-05-06',
    assessor: '祁连山',
  });
  const approval = {
    purpose: '办理调解案件',
    necessity: '限于当事人身份和纠纷事实',
    impact: '泄露后可能受到骚扰',
    risk: 'middle',
    measures: '加密、隐去、日志',
    fitness: '与风险程度相适应',
    conclusion: 'changed',
    approvedBy: '胡杨',
    approvedOn: '2025-05-10',
    reviewOn: '2025-06-20',
  };
  const asked = await program.refused('ledger.act', {
    id: begun.id,
    action: 'approve',
    baseVersion: begun.version,
    record: approval,
  });
  expect(Object.keys(asked.fields ?? {})).toEqual(['conditions']);
  const approved = await act(begun, 'approve', { ...approval, conditions: '增加第二备份位置' });
  expect(approved.state).toBe('approved');
  expect(await dueOf(begun.id)).toEqual(['assessment.review']);
  const { html } = await program.call('safety.paper', { kind: 'assessmentReport', id: begun.id });
  for (const words of ['处理敏感个人信息', '整改后可以处理', '增加第二备份位置', '至少保存三年'])
    expect(html).toContain(words);
  const again = await act(approved, 'reopen');
  expect(again.state).toBe('open');
  expect(await dueOf(begun.id)).toEqual([]);
});

test('the self-check counts what is there', async () => {
  const found = async () => (await auditor.call('safety.paper', { kind: 'selfCheck', year: 2025 })).html;
  const before = await found();
  for (const [what] of Object.values(selfCheckText.items)) expect(before).toContain(what);
  const numberIn = (html: string, pattern: RegExp) => Number(pattern.exec(html)?.[1] ?? Number.NaN);
  const exportsIn = /本年度 (\d+) 项，其中未登记 \d+ 项/;
  const opened = /现在处置中 (\d+) 起/;
  const exports = numberIn(before, exportsIn);
  const open = numberIn(before, opened);
  await save('incident', anIncident());
  await program.save(aMediation());
  await program.call('ledger.print', { ledger: 'mediation' });
  await expect.poll(async () => numberIn(await found(), exportsIn)).toBeGreaterThan(exports);
  expect(numberIn(await found(), opened)).toBe(open + 1);
  expect(before).toContain('没有做过恢复演练');
  expect(before).toContain('没有查杀记录的 1 个');
  await program.call('system.backup', {});
  expect(await found()).toContain('最近一次备份 2025-06-30');
  const next = (await auditor.call('safety.paper', { kind: 'selfCheck', year: 2024 })).html;
  expect(numberIn(next, exportsIn)).toBe(0);
});

test('a notice for everybody in one print: a sheet a person with the name above, no name in the log', async () => {
  const found = await save('incident', anIncident());
  const names = ['亓官曜谧', '濮阳霁宸', '亓官曜谧'];
  const page = await program.call('safety.paper', { kind: 'incidentNotice', id: found.id, names });
  expect(page.sections).toHaveLength(3);
  const sheets = page.html.split('亓官曜谧').length - 1;
  expect(sheets).toBe(2);
  expect(page.html).toContain('濮阳霁宸');
  const forms = await program.call('safety.paper', { kind: 'incidentNotice', names: names.slice(0, 2) });
  expect(forms.sections).toHaveLength(2);
  const entries = (await auditor.call('audit.list', { actions: ['safety.paper'] })).entries.slice(0, 2);
  expect(entries.map(({ detail }) => detail.rows)).toEqual([2, 3]);
  expect(JSON.stringify(entries)).not.toContain('濮阳');
  expect(
    await program.refused('safety.paper', { kind: 'incidentReport', id: found.id, names }),
  ).toMatchObject({
    code: 'invalid-input',
  });
});

test('names for the notices come out of a case, for whoever may see them', async () => {
  const one = await program.save(aMediation().between('亓官曜谧', '濮阳霁宸'));
  expect((await program.call('safety.partiesOf', { id: one.id })).names).toEqual(['亓官曜谧', '濮阳霁宸']);
  expect(await auditor.refused('safety.partiesOf', { id: one.id })).toMatchObject({ code: 'veiled' });
});

test('an assessment of the program begins with what it knows, as it stands, and with no judgement', async () => {
  const clerk = await program.signIn('clerk');
  const known = await clerk.call('safety.programAssessment', {});
  expect(known.measures).toContain('4 个在用账号（管理员 1 个、负责人 1 个、经办人 1 个、审计员 1 个）');
  await program.call('system.backup', {});
  await program.call('system.drill', {});
  const later = await clerk.call('safety.programAssessment', {});
  expect(later.measures).toMatch(/有 \d+ 份备份，都在本机，没有设第二备份位置/);
  expect(later.measures).toContain('最近一次成功的恢复演练在 2025-06-30');
  expect(Object.values(later).join('')).not.toMatch(/[{}]/);
  const fresh = await aProgram();
  const begun = await fresh.call('safety.programAssessment', {});
  expect(begun.measures).toContain('备份：还没有备份；没有做过恢复演练');
  await fresh.close();
  const assessor = { startedOn: '2025-06-30', assessor: '祁连山' };
  const saved = await program.call('ledger.save', {
    ledger: 'assessment',
    record: { ...later, ...assessor },
  });
  expect(saved.state).toBe('open');
  expect(saved.record).not.toHaveProperty('conclusion');
});
