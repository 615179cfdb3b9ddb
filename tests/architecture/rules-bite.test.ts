// Every rule of rules.ts, broken once on purpose: a rule that finds nothing here guards nothing.
import { describe, expect, test } from 'vitest';
import { bans, checkBans } from './bans.ts';
import {
  checkChinese,
  checkDefaultExport,
  checkFileName,
  checkImports,
  checkMachineMarks,
  checkSigns,
  checkSize,
  checkSpelling,
  checkSuppressions,
  checkTestMarks,
  checkTopLevel,
  checkWritePath,
} from './rules.ts';
import { parseSource } from './tree.ts';
import { checkExports, checkTexts } from './unused.ts';

const imports = (file: string, text: string): string[] => checkImports(parseSource(file, text));

describe('import table', () => {
  test.each([
    ['shared/domain/day.ts', "import fs from 'node:fs';", 'may not import package node:'],
    ['shared/domain/day.ts', "import { x } from '#core/db/open.ts';", 'may not import main/core/db/open.ts'],
    ['shared/api/errors.ts', "export { app } from 'electron';", 'may not import package electron'],
    [
      'main/core/db/open.ts',
      "import { x } from '#core/audit/chain.ts';",
      'may not import main/core/audit/chain.ts',
    ],
    [
      'main/core/audit/chain.ts',
      "import { x } from '../ledgers/save.ts';",
      'may not import main/core/ledgers',
    ],
    ['main/core/audit/chain.ts', "import { x } from '#core/api/contract.ts';", 'only types'],
    [
      'main/core/reports/annual.ts',
      "import { x } from '#core/cases/inside.ts';",
      'may not import main/core/cases',
    ],
    ['main/core/reports/annual.ts', "import { x } from '#core/statistics/inside.ts';", 'may not import'],
    ['main/core/ledgers/save.ts', "const x = await import('electron');", 'may not import package electron'],
    ['main/host/host.ts', "import { x } from '#core/ledgers/save.ts';", 'may not import main/core/ledgers'],
    [
      'main/electron/index.ts',
      "import { x } from '#core/api/core.ts';",
      'may not import main/core/api/core.ts',
    ],
    ['main/preload/index.ts', "import { methods } from '#shared/api/methods.ts';", 'only types'],
    ['main/cli/index.ts', "import { app } from 'electron';", 'may not import package electron'],
    [
      'main/tools/build.ts',
      "import { x } from '#shared/api/errors.ts';",
      'may not import shared/api/errors.ts',
    ],
    ['renderer/state/rows.ts', "import { Button } from 'antd';", 'may not import package antd'],
    [
      'renderer/state/rows.ts',
      "import { x } from '#renderer/screens/list.tsx';",
      'may not import renderer/screens',
    ],
    ['renderer/screens/list.tsx', "import { x } from '#host/host.ts';", 'may not import main/host/host.ts'],
    [
      'renderer/app/App.tsx',
      "type X = import('#core/api/core.ts').Core;",
      'may not import main/core/api/core.ts',
    ],
    ['elsewhere/x.ts', "import 'zod';", 'no row'],
  ])('%s: %s', (file, text, message) => {
    const findings = imports(file, text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain('[import table]');
    expect(findings[0]).toContain(message);
  });

  test.each([
    ['main/core/audit/chain.ts', "import type { AuditNote } from '#core/api/contract.ts';"],
    ['main/core/reports/annual.ts', "import { computeAll } from '#core/statistics/catalogue.ts';"],
    ['main/preload/index.ts', "import type { Bureau } from '#shared/api/methods.ts';"],
    ['renderer/app/App.tsx', "import { x } from '#renderer/screens/list.tsx';"],
  ])('allowed: %s: %s', (file, text) => {
    expect(imports(file, text)).toEqual([]);
  });
});

test('spelling of imports', () => {
  const spelling = (text: string) => checkSpelling(parseSource('main/core/db/open.ts', text));
  expect(spelling("import { x } from '../../host/host.ts';")).toEqual([
    expect.stringContaining('[no ../../]'),
  ]);
  expect(spelling("import { x } from './sql';")).toEqual([expect.stringContaining('[extensions]')]);
  expect(spelling("import { x } from '#shared/kinds/day';")).toEqual([
    expect.stringContaining('[extensions]'),
  ]);
  expect(spelling("import { x } from '#elsewhere/day.ts';")).toEqual([
    expect.stringContaining('[known aliases]'),
  ]);
  expect(spelling("import { x } from './sql.ts'; import y from '#seeds/codes/a.json';")).toEqual([]);
});

test('file size', () => {
  expect(checkSize('a.ts', 'x\n'.repeat(401))).toEqual([expect.stringContaining('[file size] 401')]);
  expect(checkSize('a.ts', 'x\n'.repeat(400))).toEqual([]);
});

test('default exports', () => {
  const exported = (file: string) => checkDefaultExport(parseSource(file, 'export default 1;'));
  expect(exported('main/core/db/open.ts')).toEqual([expect.stringContaining('[default export]')]);
  expect(exported('tests/vitest.config.ts')).toEqual([]);
});

test('Chinese text', () => {
  const found = (text: string) => checkChinese(parseSource('renderer/app/App.tsx', text));
  expect(found("const x = '保存';")).toEqual([expect.stringContaining('[chinese text] 保存')]);
  expect(found(`const x = \`第\${1}页\`;`)).toHaveLength(2);
  expect(found('const x = <b>保存</b>;')).toHaveLength(1);
  expect(found('const x = /年/;')).toEqual([]);
  expect(found('// 受理\nconst x = 1;')).toEqual([]);
});

test('Chinese signs', () => {
  const found = (text: string, file = 'renderer/app/App.tsx') => checkSigns(parseSource(file, text));
  expect(found(`const x = \`\${name}（\${code}）\`;`)).toHaveLength(2);
  expect(found("const x = words.join('、');")).toHaveLength(1);
  expect(found('const x = <b>{name}：</b>;')).toHaveLength(1);
  expect(found("const x = '\u3000';")).toHaveLength(1);
  expect(found('const x = /[、，]/; // （见上）')).toEqual([]);
  expect(found("const x = '、';", 'main/core/ledgers/a.ts')).toEqual([]);
});

test('unused exports', () => {
  const found = (files: Record<string, string>, held = {}) =>
    checkExports(
      Object.entries(files).map(([file, text]) => parseSource(file, text)),
      held,
    );
  const day = 'shared/domain/day.ts';
  const user = "import { one } from '#shared/domain/day.ts';\none();";
  const one = 'export const one = () => 1;';
  expect(found({ [day]: one })).toEqual([expect.stringContaining('one is named by no other file')]);
  expect(found({ [day]: one, 'main/core/db/a.ts': user })).toEqual([]);
  expect(found({ [day]: `${one}\nexport const two = one() + 1;`, 'main/core/db/a.ts': user })).toEqual([
    expect.stringContaining('two is named by no other file'),
  ]);
  // By tests alone, and with a reason
  const tested = { [day]: one, 'tests/unit/domain/day.test.ts': user };
  expect(found(tested)).toEqual([expect.stringContaining('by tests alone')]);
  expect(found(tested, { [day]: ['because', 'one'] })).toEqual([]);
  expect(found({ ...tested, 'main/core/db/a.ts': user }, { [day]: ['because', 'one'] })).toEqual([
    expect.stringContaining('needs no reason'),
  ]);
  // A type may stand for itself; a module taken whole is looked through
  expect(found({ [day]: 'export type A = 1;\nconst a: A = 1;' })).toEqual([]);
  expect(found({ [day]: 'export type A = 1;' })).toHaveLength(1);
  const late = "const { one } = await import('#shared/domain/day.ts');\none();";
  expect(found({ [day]: one, 'main/core/db/a.ts': late })).toEqual([]);
});

test('unused sentences', () => {
  const found = (user: string) =>
    checkTexts([
      parseSource('shared/text/a.ts', "export const aText = {\n  one: 'a',\n  two: 'b',\n} as const;\n"),
      parseSource('renderer/app/A.tsx', `import { aText as say } from '#shared/text/a.ts';\n${user}`),
    ]);
  expect(found('say.one;')).toEqual([expect.stringContaining('aText.two is said nowhere')]);
  expect(found('say.one + say.two;')).toEqual([]);
  expect(found('say[name];')).toEqual([]);
});

test('test marks', () => {
  // The mark is put together, so that this file does not break the rule itself.
  const marked = (mark: string) => checkTestMarks('tests/unit/a.test.ts', `test.${mark}('x', () => {});`);
  for (const mark of ['only', 'skip', 'todo', 'concurrent.only']) expect(marked(mark)).toHaveLength(1);
  expect(marked('each([1])')).toEqual([]);
  const onMachine = (reason: string) =>
    checkTestMarks('tests/e2e/a.spec.ts', `test.${'skip'}(process.platform !== 'linux'${reason});`);
  expect(onMachine('')).toHaveLength(1);
  expect(onMachine(", 'reads /proc'")).toEqual([]);
});

test('top level', () => {
  expect(checkTopLevel(['main', '.nvmrc', 'scripts'])).toEqual([
    'scripts: [top level] belongs into a folder',
  ]);
});

test('file names', () => {
  expect(checkFileName('main/core/db/openDb.ts')).toHaveLength(1);
  expect(checkFileName('renderer/app/App.tsx')).toEqual([]);
  expect(checkFileName('main/core/db/migrations/0020-mediation.sql.ts')).toEqual([]);
});

test('machine paths', () => {
  const path = ['', 'home', 'someone', 'x'].join('/');
  expect(checkMachineMarks('a.md', `see ${path}`)).toHaveLength(1);
  expect(checkMachineMarks('a.md', ['', 'work', 'main'].join('/'))).toHaveLength(1);
  expect(checkMachineMarks('a.md', 'see ~/.cache')).toEqual([]);
});

test('suppressions', () => {
  expect(checkSuppressions('a.ts', '// @ts-ignore because of this and that')).toHaveLength(1);
  expect(checkSuppressions('a.ts', '// @ts-expect-error')).toHaveLength(1);
  expect(checkSuppressions('a.ts', '// biome-ignore lint/a/b: x')).toHaveLength(1);
  expect(
    checkSuppressions('a.ts', '// biome-ignore lint/a/b: the driver hands over a bare function'),
  ).toEqual([]);
});

test('one write path', () => {
  const written = (file: string, sql: string) =>
    checkWritePath(parseSource(file, `const x = \`${sql}\`;`), ['mediation_case', 'party']);
  expect(written('main/core/statistics/a.ts', 'UPDATE mediation_case SET x = 1')).toHaveLength(1);
  expect(written('main/core/statistics/a.ts', 'insert or ignore into party (x) values (1)')).toHaveLength(1);
  expect(written('main/core/statistics/a.ts', 'SELECT * FROM mediation_case')).toEqual([]);
  expect(written('main/core/ledgers/a.ts', 'DELETE FROM mediation_case')).toEqual([]);
});

describe('bans', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['renderer/app/A.tsx', 'const x = <input onKeyDown={(event) => go(event)} />;'],
    ['renderer/app/A.tsx', "document.addEventListener('keydown', go);"],
    ['renderer/app/A.tsx', 'const x = <input onPressEnter={go} />;'],
    ['renderer/app/A.tsx', "Modal.confirm({ title: 'x' });"],
    ['renderer/app/A.tsx', "import { Button, message } from 'antd';"],
    ['renderer/app/A.tsx', 'const x = <p dangerouslySetInnerHTML={html} />;'],
    ['shared/domain/a.ts', 'const now = new Date();'],
    ['main/core/db/a.ts', "console.log('x');"],
    ['main/core/db/a.ts', 'const bytes = db.serialize();'],
    ['main/core/db/a.ts', "import net from 'node:net';"],
    ['main/core/db/a.ts', 'fs.renameSync(from, to);'],
    ['main/core/db/a.ts', "import { open, rename } from 'node:fs/promises';"],
  ];

  test.each(broken)('%s: %s', (file, text) => {
    expect(checkBans(parseSource(file, text))).toHaveLength(1);
  });

  test('every ban was broken once', () => {
    const found = broken.flatMap(([file, text]) => checkBans(parseSource(file, text))).join('\n');
    expect(bans.filter((ban) => !found.includes(`[${ban.rule}]`))).toEqual([]);
  });

  test('what is right stays free', () => {
    const text = 'const x = <input onKeyDown={onKeys(go)} />;\nconst y = new Date(at);';
    expect(checkBans(parseSource('renderer/app/A.tsx', text))).toEqual([]);
  });
});
