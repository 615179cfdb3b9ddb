import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { OwnTemplate } from '#shared/api/own-template-types.ts';
import type { Saved } from '#shared/api/types.ts';
import { errorText } from '#shared/text/errors.ts';
import { aFullCase, fullCase } from '#tests/fixtures/full-case.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aTemplate, inFolder } from '#tests/fixtures/template.ts';
import { holes, textOf } from './reading.ts';

// A bureau's own .docx with named places: added, used, issued, bound in, retired; and what is refused, by name.

let program: Program;
let full: Saved;
const folder = mkdtempSync(join(tmpdir(), 'ledger-templates-'));

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  full = await aFullCase(program);
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
const out = (extension = 'docx') => {
  count += 1;
  const file = join(folder, `out-${count}.${extension}`);
  return { grant: program.grant(`out-${count}`, file), file };
};
function named(bytes: Uint8Array, name = '模板.docx'): string {
  count += 1;
  return program.grant(`in-${count}`, inFolder(folder, name, bytes));
}
const add = (bytes: Uint8Array, use: { kind?: string; title?: string }, person: Person = program) =>
  person.call('template.add', { file: named(bytes), ...use });

async function made(kind: string, more: { template?: string; copy?: string; id?: string } = {}) {
  const { grant, file } = out();
  const { id = full.id, ...rest } = more;
  const answer = await program.call('paper.make', { id, kind, out: grant, ...rest });
  return { ...answer, text: textOf(file), bytes: readFileSync(file) };
}

const agreementLines = [
  '人民调解协议书（本县格式）',
  '案号：{{案号}}　调委会：{{ 调解委员会 }}',
  '当事人：{{当事人}}',
  '{{#当事人}}',
  '{{序号}}. {{地位}} {{姓名}}{{#是单位}}（代码{{统一社会信用代码}}）{{/是单位}}{{^是单位}}，{{性别}}，{{年龄}}{{/是单位}}，本案{{案号}}',
  '{{/当事人}}',
  '姓名 | 电话',
  '{{#当事人}}{{姓名}} | {{电话}}{{/当事人}}',
  '申请人{{申请人姓名}}，住{{申请人住址}}；对方{{被申请人}}，{{被申请人法定代表人}}',
  '协议内容：',
  '{{协议内容}}',
  '{{#协议金额}}金额{{协议金额}}{{/协议金额}}{{^协议金额}}不涉及金额{{/协议金额}}',
  '履行期限{{履行期限}}；未达成原因{{未达成原因}}。',
];

describe('a paper from the bureau’s own template', () => {
  let first: OwnTemplate;

  beforeAll(async () => {
    first = await add(await aTemplate(agreementLines, { header: '{{调解委员会}}' }), {
      kind: '人民调解协议书',
    });
  });

  test('is listed with its places, version and who added it, and marked as in force', () => {
    expect(first).toMatchObject({
      kind: 'agreement',
      title: '人民调解协议书',
      version: 1,
      isInForce: true,
      retired: null,
      isOwnKind: false,
      issued: 0,
      added: { by: 'admin' },
    });
    expect(first.places).toEqual(
      expect.arrayContaining(['案号', '当事人', '协议内容', '是单位', '申请人住址']),
    );
  });

  test('fills every place: texts, repeated paragraphs, a row for each party, conditions, parts of the header', async () => {
    const { text, file } = await made('人民调解协议书');
    expect(text).not.toMatch(holes);
    expect(text).toContain('当事人：柳春禾、金塔县戈壁砂石有限公司');
    expect(text).toMatch(/1\. 申请人 柳春禾，.，\d+岁，本案〔?\S*2025/);
    expect(text).toMatch(/2\. 被申请人 金塔县戈壁砂石有限公司（代码[0-9A-Z]{18}），本案/);
    expect(text).toContain('金额12,345.50元（大写：人民币壹万贰仟叁佰肆拾伍元伍角整）');
    expect(text).not.toContain('不涉及金额');
    expect(text).toContain('未达成原因　　　　。');
    expect(text).toContain('对方金塔县戈壁砂石有限公司');
    expect(text).toContain('卖方收款后当日出具收据');
    const table = text.slice(text.indexOf('姓名\n电话'), text.indexOf('申请人柳春禾'));
    expect(table).toContain('柳春禾');
    expect(table).toContain('金塔县戈壁砂石有限公司');
    const header = Object.entries(unzipSync(readFileSync(file))).find(([name]) =>
      /word\/header\d+\.xml$/.test(name),
    );
    expect(strFromU8(header?.[1] ?? new Uint8Array())).toContain('东坝镇人民调解委员会');
  });

  test('the house wording is there when it is asked for', async () => {
    const { text } = await made('人民调解协议书', { template: 'house' });
    expect(text).not.toContain('本县格式');
    expect(text).toContain('本协议一式');
  });

  test('what was issued is printed again to the byte, whatever became of the case and the template', async () => {
    const builder = fullCase();
    const own = await program.save(builder);
    const before = await made('人民调解协议书', { id: own.id });
    const twice = await made('人民调解协议书', { id: own.id });
    expect([before.isNew, twice.isNew, twice.issued]).toEqual([true, false, before.issued]);
    await made('人民调解协议书', { id: own.id, template: 'house' });
    const changed = { ...builder.record(), agreementText: '双方另行商定。' };
    await program.save(changed, { id: own.id, baseVersion: own.version });
    await add(await aTemplate(['另一版 {{案号}}']), { kind: 'agreement' });
    const after = await made('人民调解协议书', { id: own.id });
    expect(after.text).toContain('另一版');
    expect(after.isNew).toBe(true);
    const { grant, file } = out();
    const reprint = await program.call('issued.make', { issued: before.issued, out: grant });
    expect(reprint.isSame).toBe(true);
    expect(readFileSync(file).equals(before.bytes)).toBe(true);
    const page = await program.call('issued.preview', { issued: before.issued });
    expect(page).toMatchObject({ isOwn: true, title: '人民调解协议书' });
    expect(page.html).toContain('本县格式');
    expect(page.html).toContain('卖方收款后');
    const { papers } = await program.call('paper.list', { id: own.id });
    const line = papers.find(({ kind }) => kind === 'agreement');
    expect(line?.own?.version).toBe(2);
    expect(line?.issued.map(({ isOwn, templateVersion }) => [isOwn, templateVersion])).toEqual([
      [true, 2],
      [false, 1],
      [true, 1],
    ]);
  });

  test('is not printed by the program, whose page is not that of the template', async () => {
    const refused = await program.refused('paper.issue', { id: full.id, kind: 'agreement' });
    expect(refused.code).toBe('own-template-print');
    expect(errorText(refused)).toContain('Word 或 WPS');
    const page = await program.call('paper.preview', { id: full.id, kind: 'agreement' });
    expect(page.isOwn).toBe(true);
    expect(page.html).toContain('另一版');
  });

  test('the same file twice is one version; retired, the house wording is used again and nothing comes back', async () => {
    const bytes = await aTemplate(['第三版 {{案号}}']);
    const third = await add(bytes, { kind: 'agreement' });
    const twice = await program.refused('template.add', { file: named(bytes), kind: 'agreement' });
    expect(twice.code).toBe('own-template-present');
    const retired = await program.call('template.retire', { id: third.id, reason: '格式改版' });
    expect(retired).toMatchObject({ isInForce: false, retired: { by: 'admin', reason: '格式改版' } });
    expect((await made('人民调解协议书')).text).toContain('本协议一式');
    expect((await program.refused('template.retire', { id: third.id, reason: '再停' })).code).toBe(
      'own-template-retired',
    );
    const list = await program.call('template.list', {});
    expect(
      list.filter(({ kind }) => kind === 'agreement').map(({ version, isInForce }) => [version, isInForce]),
    ).toEqual([
      [3, false],
      [2, false],
      [1, false],
    ]);
  });

  test('both acts stand in the log', async () => {
    const methods = await program.look((db) =>
      db.column<string>(sql`select action from audit_entry where action like 'template.%' order by seq`),
    );
    expect(methods).toEqual(expect.arrayContaining(['template.add', 'template.retire']));
  });
});

describe('a paper of the bureau’s own', () => {
  test('is a new kind: made, listed, in the file once it was issued, as a file beside that the catalogue counts', async () => {
    const other = await program.save(fullCase());
    const added = await add(
      await aTemplate(['送达回证', '案号{{案号}}', '受送达人{{被申请人姓名}}', '地点{{地点}}']),
      {
        title: '送达回证',
      },
    );
    expect(added).toMatchObject({ isOwnKind: true, version: 1, title: '送达回证' });
    const line = async () =>
      (await program.call('paper.list', { id: other.id })).papers.find(({ title }) => title === '送达回证');
    expect(await line()).toMatchObject({ isOwnKind: true, isFiled: false, fits: true, need: 'asNeeded' });
    expect((await line())?.copies[0]?.missing).toContain('地点');

    const before = await program.call('dossier.make', { id: other.id, out: out().grant });
    expect(before.pieces.map(({ title }) => title)).not.toContain('送达回证');
    expect((await made('送达回证', { id: other.id })).text).toContain('受送达人金塔县戈壁砂石有限公司');
    expect((await line())?.isFiled).toBe(true);

    const { grant, file } = out();
    const dossier = await program.call('dossier.make', { id: other.id, out: grant });
    const at = dossier.pieces.findIndex(({ title }) => title === '送达回证');
    const piece = dossier.pieces[at];
    expect(piece).toMatchObject({ pages: 1, note: '本单位格式，另附约1页' });
    expect(piece?.first).toBe((dossier.pieces[at - 1]?.first ?? 0) + (dossier.pieces[at - 1]?.pages ?? 0));
    expect(textOf(piece?.file ?? '')).toContain('受送达人金塔县戈壁砂石有限公司');
    expect(piece?.file).toContain(file.replace('.docx', ''));
    const whole = textOf(file);
    expect(whole).not.toContain('受送达人');
    expect(whole).toMatch(/送达回证[\s\S]*本单位格式，另附约1页/);
    // A sheet stands in its place, numbered like any other.
    expect(whole).toContain('送达回证\n\n\n本单位格式的文书，份数：一份\n页数：约1页');

    const { own } = await program.call('dossier.preview', { id: other.id });
    expect(own).toEqual([expect.objectContaining({ title: '送达回证', pages: 1, isCounted: false })]);
    const ownPages = { [own[0]?.key ?? '']: 4 };
    const counted = await program.call('dossier.make', { id: other.id, ownPages, out: out().grant });
    expect(counted.pieces[at]).toMatchObject({ pages: 1, note: '本单位格式，另附4页' });
    expect(counted.pages).toBe(dossier.pages);

    const unwished = await program.call('dossier.make', {
      id: other.id,
      kinds: ['agreement'],
      out: out().grant,
    });
    expect(unwished.pieces.map(({ title }) => title)).toEqual(['人民调解协议书']);
  });

  test('a name that is taken, or a paper that the program numbers, is refused', async () => {
    const bytes = await aTemplate(['{{案号}}']);
    const taken = await program.refused('template.add', { file: named(bytes), title: '协议书' });
    expect(taken.code).toMatch(/own-template-title/);
    for (const kind of ['卷内目录', '卷宗封面', '证据材料', '卷宗情况说明']) {
      const refused = await program.refused('template.add', { file: named(bytes), kind });
      expect(refused.code, kind).toBe('own-template-kind');
    }
    expect((await program.refused('template.add', { file: named(bytes) })).code).toBe('invalid-input');
  });

  test('retired, it can no longer be made, and what was issued can', async () => {
    const added = await add(await aTemplate(['一次性 {{案号}}']), { title: '一次性文书' });
    const issued = await made('一次性文书');
    await program.call('template.retire', { id: added.id, reason: '不用了' });
    const { grant } = out();
    const refused = await program.refused('paper.make', { id: full.id, kind: '一次性文书', out: grant });
    expect(refused.code).toBe('paper-own-only');
    expect(await program.call('issued.make', { issued: issued.issued, out: grant })).toMatchObject({
      isSame: true,
    });
    const kinds = await program.call('paper.kinds', {});
    expect(kinds.map(({ title }) => title)).not.toContain('一次性文书');
  });

  test('the letter of authority is about one party: its places may stand alone', async () => {
    await add(await aTemplate(['委托人{{姓名}}，受托人{{代理人}}（{{代理权限}}）']), { kind: '授权委托书' });
    expect((await made('授权委托书')).text).toMatch(/委托人柳春禾，受托人\S+（\S+）/);
  });
});

test('who may add and retire', async () => {
  const bytes = await aTemplate(['{{案号}} 谁能加']);
  for (const [account, may] of [
    ['head', true],
    ['clerk', false],
    ['auditor', false],
  ] as const) {
    const person = await program.signIn(account);
    const answer = await person.ask('template.add', { file: named(bytes), title: `权限${account}` });
    expect(answer.ok, account).toBe(may);
    expect((await person.call('template.list', {})).length).toBeGreaterThan(0);
  }
});

test('what a case says can not become a place or a mark of the file', async () => {
  const other = await program.save(
    fullCase().with({ agreementText: '{{案号}} <w:br/> & "甲" ]]> {{#当事人}}', agreementNo: '甲&lt;乙' }),
  );
  await add(await aTemplate(['内容：{{协议内容}}', '编号{{协议编号}}。']), { title: '原样文书' });
  const { text, bytes } = await made('原样文书', { id: other.id });
  expect(text).toContain('内容：{{案号}}');
  expect(text).toContain('{{#当事人}}');
  expect(bytes.length).toBeGreaterThan(1000);
});

test('the list of places names every one, and can be had as a document and a page', async () => {
  const groups = await program.call('template.places', {});
  const names = groups.flatMap(({ places }) => places.map(({ name }) => name));
  expect(names).toEqual(expect.arrayContaining(['{{案号}}', '{{申请人姓名}}', '{{#当事人}} …… {{/当事人}}']));
  const { grant, file } = out();
  await program.call('template.makePlaces', { out: grant });
  const text = textOf(file);
  for (const name of names) expect(text).toContain(name);
  expect((await program.call('template.placesPage', {})).html).toContain('{{协议内容}}');
  // Every place of the list is one that a template may have.
  const single = names.filter((name) => !name.includes('…') && !/序号|地位|是单位/.test(name));
  const outside = single.filter(
    (name) =>
      !groups.find(({ title }) => title === '名单里面的位置')?.places.some((one) => one.name === name),
  );
  const added = await add(await aTemplate(outside), { title: '全部位置' });
  expect(added.places).toHaveLength(outside.length);
  expect((await made('全部位置')).text).not.toMatch(holes);
});

test('a template damaged in the ledger is not used, and verify names it', async () => {
  const added = await add(await aTemplate(['会损坏 {{案号}}']), { title: '会损坏的文书' });
  await program.look((db) =>
    db.run(sql`update own_template set content = ${new Uint8Array([1])} where id = ${added.id}`),
  );
  const refused = await program.refused('paper.make', {
    id: full.id,
    kind: '会损坏的文书',
    out: out().grant,
  });
  expect(refused.code).toBe('own-template-damaged');
  const { ok, findings } = await program.call('system.verify', {});
  expect(ok).toBe(false);
  expect(findings).toContainEqual(expect.objectContaining({ check: 'own-template', object: added.id }));
  await program.call('template.retire', { id: added.id, reason: '损坏' });
});

test('the template comes out as it went in', async () => {
  const bytes = await aTemplate(['取出 {{案号}}']);
  const added = await add(bytes, { title: '取出来的文书' });
  const { grant, file } = out();
  await program.call('template.export', { id: added.id, out: grant });
  expect(readFileSync(file).equals(Buffer.from(bytes))).toBe(true);
  expect(existsSync(file)).toBe(true);
});
