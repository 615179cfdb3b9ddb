import fs from 'node:fs';
import path from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Places } from '#cli/places.ts';
import { printPages, printToPdf } from '#cli/print.ts';
import { unpackPage } from '#shared/document/print-bundle.ts';
import { aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { aPdf } from '#tests/fixtures/scans.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

// The PDF itself is made by the program's own page, which the tests in the real window print.
let line: CommandLine;
beforeAll(() => {
  line = aCommandLine();
});
afterAll(() => line.remove());

const places = (root: string): Places => ({
  seeds: '',
  nativeBinding: undefined,
  version: '0',
  root,
  isPackaged: false,
});

/** A working copy whose starter does what the text says. */
function starter(name: string, text: string): Places {
  const folder = path.join(line.home, name, 'main', 'tools');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'start.ts'), text);
  return places(path.join(line.home, name));
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, params }) => ({ code, params }),
  );

test('without a program to print with it is refused', async () => {
  expect(await failure(printToPdf('<p>x</p>', line.at('a.pdf'), places(line.home)))).toEqual({
    code: 'needs-window',
    params: {},
  });
});

test('a program without a screen: needs-window; one that fails: its reason', async () => {
  const blind = starter('blind', 'process.exit(3)');
  expect(await failure(printToPdf('<p>x</p>'.repeat(100_000), line.at('b.pdf'), blind))).toMatchObject({
    code: 'needs-window',
  });
  const broken = starter('broken', `process.stderr.write('one\\nno paper\\n'); process.exitCode = 1`);
  expect(await failure(printToPdf('<p>x</p>', line.at('c.pdf'), broken))).toEqual({
    code: 'print-failed',
    params: { reason: 'no paper' },
  });
  const silent = starter('silent', '');
  expect(await failure(printToPdf('<p>x</p>', line.at('d.pdf'), silent))).toMatchObject({
    code: 'print-failed',
  });
});

test('the document goes in by standard input, whole, and nothing else is written', async () => {
  const echo = `import fs from 'node:fs'; const [mode, from, to] = process.argv.slice(2);
    fs.writeFileSync(to, [mode, from, fs.readFileSync(0, 'utf8')].join(' '));`;
  const html = `<p>报告</p>${'字'.repeat(200_000)}`;
  const before = fs.readdirSync(line.home);
  await printToPdf(html, line.at('e.pdf'), starter('echo', echo));
  expect(fs.readFileSync(line.at('e.pdf'), 'utf8')).toBe(`--print-report - ${html}`);
  expect(fs.readdirSync(line.home).sort()).toEqual([...before, 'e.pdf', 'echo'].sort());
});

test('a page with scans: pictures go in by standard input, pages of a PDF take their places, all are numbered', async () => {
  const made = await aPdf(4);
  const printer = starter(
    'printer',
    `import fs from 'node:fs'; const [, to] = process.argv.slice(2);
    fs.writeFileSync('${line.at('seen')}', fs.readFileSync(0));
    fs.writeFileSync(to, Buffer.from('${made.toString('base64')}', 'base64'));`,
  );
  const pdf = line.at('f.pdf');
  const scans = [
    { id: 'photo', title: '照片', section: 'piece1', pages: 1, isPicture: true },
    { id: 'card', title: '身份证明', section: 'piece2', pages: 2, isPicture: false },
  ];
  const content = await aPdf(2);
  const before = fs.readdirSync(line.home);
  const printed = await printPages(pdf, printer, {
    ask: async () => ({ html: '<p>卷</p>', sections: [], scans, isUnnumbered: true }),
    open: async () => ({
      pictures: new Map([['photo', { type: 'image/png', content: new Uint8Array([7, 7]) }]]),
      pdfs: new Map([['card', content]]),
    }),
    namesPages: false,
  });
  expect(printed).toEqual({ pages: 4, beside: [] });
  const seen = unpackPage(fs.readFileSync(line.at('seen')), (bytes) => Buffer.from(bytes).toString('utf8'));
  expect([seen.html, [...seen.pictures.keys()]]).toEqual(['<p>卷</p>', ['photo']]);
  // What the hidden program wrote does not stay beside the file.
  expect(fs.readdirSync(line.home).sort()).toEqual([...before, 'f.pdf', 'seen'].sort());
  const failing = starter('failing', `process.exit(3)`);
  const asked = {
    ask: async () => ({ html: '' }),
    open: async () => ({ pictures: new Map(), pdfs: new Map() }),
  };
  expect(await failure(printPages(line.at('g.pdf'), failing, { ...asked, namesPages: false }))).toMatchObject(
    {
      code: 'needs-window',
    },
  );
  expect(fs.existsSync(line.at('g.pdf'))).toBe(false);
});

/** A PDF in which each of so many pieces has three pages, behind a cover and a catalogue and before a back. */
async function aBoundFile(pieces: number): Promise<Buffer> {
  const file = await PDFDocument.create();
  const sheets = Array.from({ length: 3 + 3 * pieces }, () => file.addPage());
  const begins = Array.from({ length: pieces }, (_, at) => [`piece${at + 1}`, 2 + 3 * at] as const);
  const places = [...begins, ['correctionBackCover', 2 + 3 * pieces] as const].map(
    ([name, at]) => [name, [sheets[at]?.ref, PDFName.of('Fit')]] as const,
  );
  file.catalog.set(PDFName.of('Dests'), file.context.obj(Object.fromEntries(places)));
  return Buffer.from(await file.save());
}

test('a bound file answers with the pages that its PDF has, and the .docx beside it names the same', async () => {
  const own = aCommandLine();
  try {
    await own.json(
      'init',
      '--level',
      'county',
      '--unit',
      '620921',
      '--name',
      '金塔县司法局',
      '--user',
      'head',
    );
    const person = own.file('person.json', aPersonInCorrection());
    const words = ['--user', 'head'];
    const { id } = await own.json('record', 'add', '--ledger', 'correction', '--file', person, ...words);
    const of = ['dossier', '--id', id, '--volume', 'execution', ...words];
    const estimated = await own.json(...of, '--out', own.at('a.docx'));
    expect(estimated.pieces.length).toBeGreaterThan(2);
    const made = await aBoundFile(estimated.pieces.length);
    const printer = starter(
      'binder',
      `import fs from 'node:fs'; const [, to] = process.argv.slice(2); fs.readFileSync(0);
      fs.writeFileSync(to, Buffer.from('${made.toString('base64')}', 'base64'));`,
    );
    const argv = own.on(...of, '--out', own.at('b.docx'), '--pdf', own.at('b.pdf'), '--json');
    const { status, out, err } = await own.run(argv, undefined, { ...own.places, root: printer.root });
    expect([status, err]).toEqual([0, '']);
    const bound = JSON.parse(out);
    const last = 3 * estimated.pieces.length;
    expect([bound.pages, bound.pdfPages]).toEqual([last, 3 + last]);
    expect(bound.pieces.map(({ first, pages }: { first: number; pages: number }) => [first, pages])).toEqual(
      estimated.pieces.map((_: unknown, at: number) => [1 + 3 * at, 3]),
    );
    expect(estimated.pages).toBeLessThan(last);
    const { 'word/document.xml': xml = new Uint8Array() } = unzipSync(fs.readFileSync(own.at('b.docx')));
    expect(strFromU8(xml).replaceAll(/<[^>]+>/g, '')).toContain(`${last}页`);
  } finally {
    own.remove();
  }
});

test('the report and its PDF: neither is written over without --force, neither is written when one stands', async () => {
  await line.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
  const pdf = line.file('there.pdf', 'mine');
  const out = line.at('not-there.docx');
  expect(await line.refused('report', '--year', '2024', '--out', out, '--pdf', pdf)).toMatchObject({
    code: 'file-exists',
    params: { file: 'there.pdf' },
  });
  expect([fs.existsSync(out), fs.readFileSync(pdf, 'utf8')]).toEqual([false, 'mine']);
  const same = await line.run(line.on('report', '--year', '2024', '--out', out, '--pdf', out));
  expect(same.status).toBe(2);
});
