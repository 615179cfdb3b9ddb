import { expect, test, vi } from 'vitest';
import { printOutcome } from '#electron/print-outcome.ts';
import type { ShellParts } from '#electron/shell-methods.ts';
import { createShell } from '#electron/shell-methods.ts';
import { AppError } from '#shared/api/errors.ts';

function partsWith(more: Partial<ShellParts> = {}) {
  const parts = {
    call: vi.fn(async () => ({
      ok: true as const,
      value: { html: '<p>报告</p>', figures: 151, findings: [] },
    })),
    cancel: vi.fn(),
    grantFile: vi.fn((path: string) => ({ grant: 'grant:1', name: path.split('/').at(-1) ?? '' })),
    pathOf: vi.fn((grant: string) => (grant === 'grant:1' ? '/chosen/report.pdf' : null)),
    pickFolder: vi.fn(async () => '/chosen/folder'),
    pickFile: vi.fn(async () => null),
    pickFiles: vi.fn(async () => []),
    showPdf: vi.fn(),
    pickSave: vi.fn(async () => '/chosen/sheet.pdf'),
    toPdf: vi.fn(async () => new Uint8Array([1])),
    toPaper: vi.fn(async () => true),
    hasPrinter: vi.fn(async () => false),
    paperPage: (html: string, { isNumbered, before }: { isNumbered: boolean; before: number }) =>
      `${isNumbered ? `numbered after ${before}` : 'bare'} ${html}`,
    textPage: (title: string, lines: string[]) => [title, ...lines].join('|'),
    places: vi.fn(async () => ({ places: {} as Record<string, number>, pages: 3 })),
    stamp: vi.fn(async () => ({ pdf: new Uint8Array([2]), pages: 3 })),
    bind: vi.fn(async () => ({ pdf: new Uint8Array([3]), pages: 7, beside: [] as number[] })),
    write: vi.fn(async () => undefined),
    quit: vi.fn(),
    ...more,
  };
  return { parts, shell: createShell(parts) };
}

const report = { method: 'report.preview', input: { year: 2023 } };

test('a method that is not in the table is refused', async () => {
  const { shell } = partsWith();
  for (const method of ['shell.openExternal', 'shell.toString', 'shell.', 'toString']) {
    expect(await shell('1', method, {})).toEqual({
      ok: false,
      error: { code: 'unknown-method', params: { method } },
    });
  }
});

test('an input of the wrong shape is refused with its place', async () => {
  const { shell, parts } = partsWith();
  expect(await shell('1', 'shell.chooseFolder', { title: 1 })).toMatchObject({
    error: { code: 'invalid-input', params: { at: 'title' } },
  });
  expect(await shell('1', 'shell.chooseFolder', { title: '', more: 1 })).toMatchObject({ ok: false });
  expect(
    await shell('1', 'shell.chooseSave', { title: '', name: '../a.docx', extensions: [] }),
  ).toMatchObject({ ok: false });
  expect(await shell('1', 'shell.chooseSave', { title: '', name: 'a', extensions: ['*'] })).toMatchObject({
    ok: false,
  });
  expect(parts.pickSave).not.toHaveBeenCalled();
});

test('a chosen path leaves as a grant, a closed dialog as null', async () => {
  const { shell } = partsWith();
  expect(await shell('1', 'shell.chooseFolder', { title: '' })).toEqual({
    ok: true,
    value: { grant: 'grant:1', name: 'folder' },
  });
  expect(await shell('1', 'shell.chooseFile', { title: '', extensions: ['csv'] })).toEqual({
    ok: true,
    value: null,
  });
});

test('several files leave as grants; a closed dialog as none', async () => {
  const { shell } = partsWith({ pickFiles: vi.fn(async () => ['/scans/一.png', '/scans/二.pdf']) });
  expect(await shell('1', 'shell.chooseFiles', { title: '', extensions: ['png', 'pdf'] })).toEqual({
    ok: true,
    value: [
      { grant: 'grant:1', name: '一.png' },
      { grant: 'grant:1', name: '二.pdf' },
    ],
  });
  expect(await partsWith().shell('1', 'shell.chooseFiles', { title: '', extensions: [] })).toEqual({
    ok: true,
    value: [],
  });
});

test('a PDF is opened through the asker’s own session, and nothing but a PDF', async () => {
  const viewed = (mediaType: string) =>
    vi.fn(async () => ({
      ok: true as const,
      value: { attachment: { mediaType }, content: new Uint8Array([7]) },
    }));
  const call = viewed('application/pdf');
  const { shell, parts } = partsWith({ call });
  expect(await shell('9', 'shell.viewPdf', { id: 'x' })).toEqual({ ok: true, value: null });
  expect(call).toHaveBeenCalledWith('9', 'attachment.view', { id: 'x' });
  expect(parts.showPdf).toHaveBeenCalledWith(new Uint8Array([7]));
  const picture = partsWith({ call: viewed('image/png') });
  expect(await picture.shell('9', 'shell.viewPdf', { id: 'x' })).toMatchObject({
    error: { code: 'invalid-input' },
  });
  const refused = vi.fn(async () => ({
    ok: false as const,
    error: { code: 'no-right', params: { right: '' } } as const,
  }));
  const without = partsWith({ call: refused });
  expect(await without.shell('9', 'shell.viewPdf', { id: 'x' })).toMatchObject({
    error: { code: 'no-right' },
  });
  for (const { parts: each } of [picture, without]) expect(each.showPdf).not.toHaveBeenCalled();
});

test('a report goes to PDF through the asker’s own session, stamped, with the name only in the answer', async () => {
  const { shell, parts } = partsWith();
  const answer = await shell('7', 'shell.print', { ...report, to: 'pdf', out: 'grant:1' });
  expect(answer).toEqual({ ok: true, value: { printed: 'saved', file: 'report.pdf', pages: 3, beside: [] } });
  expect(parts.call).toHaveBeenCalledWith('7', 'report.preview', { year: 2023 });
  expect(parts.toPdf).toHaveBeenCalledWith('<p>报告</p>', new Map());
  expect(parts.write).toHaveBeenCalledWith('/chosen/report.pdf', new Uint8Array([2]));
});

test('a report to a file nobody chose, or without the right, writes nothing', async () => {
  const { shell, parts } = partsWith();
  expect(await shell('7', 'shell.print', { ...report, to: 'pdf', out: '/etc/x.pdf' })).toMatchObject({
    error: { code: 'grant-unknown' },
  });
  const refused = partsWith({
    call: async () => ({ ok: false, error: { code: 'no-right', params: { right: 'report.make' } } }),
  });
  expect(await refused.shell('7', 'shell.print', { ...report, to: 'pdf', out: 'grant:1' })).toEqual({
    ok: false,
    error: { code: 'no-right', params: { right: 'report.make' } },
  });
  expect(parts.write).not.toHaveBeenCalled();
  expect(refused.parts.write).not.toHaveBeenCalled();
});

test('a report on paper carries its numbers in the page', async () => {
  const { shell, parts } = partsWith();
  expect(await shell('7', 'shell.print', { ...report, to: 'printer' })).toEqual({
    ok: true,
    value: { printed: 'sent' },
  });
  expect(parts.toPaper).toHaveBeenCalledWith('numbered after 0 <p>报告</p>', new Map());
});

test('a dialog that was closed is told as such, and a printer that failed is a failure', async () => {
  const closed = partsWith({ toPaper: vi.fn(async () => false) });
  expect(await closed.shell('7', 'shell.print', { ...report, to: 'printer' })).toEqual({
    ok: true,
    value: { printed: 'cancelled' },
  });
  const failed = partsWith({
    toPaper: async () => {
      throw new AppError('print-failed', { reason: '' });
    },
  });
  expect(await failed.shell('7', 'shell.print', { ...report, to: 'printer' })).toMatchObject({
    error: { code: 'print-failed' },
  });
  expect(printOutcome(true, '')).toBe('sent');
  expect(printOutcome(false, 'Print job canceled')).toBe('cancelled');
  for (const reason of ['Print job failed', 'Invalid printer settings', '']) {
    expect(printOutcome(false, reason)).toBe('failed');
  }
});

test('the key sheet goes to paper where there is a printer, else to a chosen file', async () => {
  const paper = partsWith({ hasPrinter: async () => true });
  expect(await paper.shell('1', 'shell.printText', { title: '恢复密钥', lines: ['一'] })).toMatchObject({
    value: { printed: 'sent' },
  });
  expect(paper.parts.toPaper).toHaveBeenCalledWith('恢复密钥|一');
  expect(paper.parts.write).not.toHaveBeenCalled();
  const file = partsWith();
  await file.shell('1', 'shell.printText', { title: '恢复密钥', lines: ['一'] });
  expect(file.parts.write).toHaveBeenCalledWith('/chosen/sheet.pdf', new Uint8Array([1]));
  const closed = partsWith({ pickSave: async () => null });
  await closed.shell('1', 'shell.printText', { title: '恢复密钥', lines: ['一'] });
  expect(closed.parts.toPdf).not.toHaveBeenCalled();
});

test('an unexpected error leaves as an incident without its text', async () => {
  const { shell } = partsWith({
    pickFolder: async () => {
      throw new Error('/somewhere/secret');
    },
  });
  const answer = await shell('1', 'shell.chooseFolder', { title: '' });
  expect(answer).toMatchObject({ error: { code: 'internal' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('only methods that answer with a page can be printed', async () => {
  const { shell, parts } = partsWith();
  expect(
    await shell('7', 'shell.print', { method: 'ledger.list', input: { ledger: 'mediation' }, to: 'printer' }),
  ).toMatchObject({ error: { code: 'invalid-input' } });
  expect(parts.call).not.toHaveBeenCalled();
});

const section = (name: string, isNumbered: boolean, start: number | null = null) => ({
  name,
  isNumbered,
  start,
});

test('a file that names its pages is laid out, measured, asked for again with the pages, and numbered by section', async () => {
  const sections = [
    section('cover', false),
    section('piece1', true, 1),
    section('piece2', true),
    section('back', false),
  ];
  const call = vi.fn(async (_client: string, _method: string, input: unknown) => ({
    ok: true as const,
    value: { html: `<p>${JSON.stringify(input)}</p>`, sections },
  }));
  const places = vi.fn(async () => ({ places: { cover: 0, piece1: 2, piece2: 5, back: 6 }, pages: 7 }));
  const { shell, parts } = partsWith({ call, places });
  const order = { method: 'dossier.preview', input: { id: 'x' } };
  expect(await shell('7', 'shell.print', { ...order, to: 'pdf', out: 'grant:1' })).toMatchObject({
    ok: true,
  });
  expect(call.mock.calls.map(([, , input]) => input)).toEqual([
    { id: 'x' },
    { id: 'x', pages: { piece1: 3, piece2: 1 } },
  ]);
  expect(parts.stamp).toHaveBeenCalledWith(new Uint8Array([1]), [null, null, 1, 2, 3, 4, null]);
  await shell('7', 'shell.print', { ...order, to: 'printer' });
  expect(parts.toPaper).toHaveBeenCalledWith(expect.stringMatching(/^numbered after 2 /), new Map());
});

test('papers of one kind are numbered each from one, and one without numbers stays without', async () => {
  const call = async (_client: string, _method: string, input: unknown) => ({
    ok: true as const,
    value:
      (input as { kind: string }).kind === 'cover'
        ? { html: '', sections: [], isUnnumbered: true }
        : {
            html: '',
            sections: [section('paper1', true, 1), section('paper2', true, 1)],
            isUnnumbered: false,
          },
  });
  const places = async () => ({ places: { paper1: 0, paper2: 2 }, pages: 4 });
  const { shell, parts } = partsWith({ call, places });
  const to = { to: 'pdf', out: 'grant:1' };
  await shell('7', 'shell.print', { method: 'paper.issue', input: { kind: 'investigation' }, ...to });
  expect(parts.stamp).toHaveBeenLastCalledWith(new Uint8Array([1]), [1, 2, 1, 2]);
  await shell('7', 'shell.print', { method: 'paper.issue', input: { kind: 'cover' }, ...to });
  expect(parts.stamp).toHaveBeenLastCalledWith(new Uint8Array([1]), [null, null, null, null]);
});

test('scans are opened through the asker’s session: pictures go into the page, PDFs into their places', async () => {
  const scans = [
    { id: 'photo', title: '送货单', section: 'piece2', pages: 1, isPicture: true },
    { id: 'pdf', title: '身份证明', section: 'piece3', pages: 2, isPicture: false },
  ];
  const sections = [section('piece1', true, 1), section('piece2', true), section('piece3', true)];
  const call = vi.fn(async (_client: string, method: string, input: unknown) =>
    method === 'attachment.view'
      ? {
          ok: true as const,
          value: {
            attachment: {
              mediaType: (input as { id: string }).id === 'pdf' ? 'application/pdf' : 'image/png',
            },
            content: new Uint8Array([9]),
          },
        }
      : { ok: true as const, value: { html: '<p>卷</p>', sections, scans } },
  );
  const places = async () => ({ places: { piece1: 0, piece2: 1, piece3: 2 }, pages: 4 });
  const bind = vi.fn(async () => ({ pdf: new Uint8Array([3]), pages: 4, beside: [2] }));
  const { shell, parts } = partsWith({ call, places, bind });
  const order = { method: 'issued.preview', input: { issued: 'x' } };
  expect(await shell('7', 'shell.print', { ...order, to: 'pdf', out: 'grant:1' })).toEqual({
    ok: true,
    value: { printed: 'saved', file: 'report.pdf', pages: 4, beside: ['身份证明'] },
  });
  expect(call.mock.calls.slice(1)).toEqual([
    ['7', 'attachment.view', { id: 'photo', removed: true }],
    ['7', 'attachment.view', { id: 'pdf', removed: true }],
  ]);
  const picture = new Map([['photo', { content: new Uint8Array([9]), type: 'image/png' }]]);
  expect(parts.toPdf).toHaveBeenLastCalledWith('<p>卷</p>', picture);
  const placed = { title: '身份证明', at: 2, pages: 2, content: new Uint8Array([9]) };
  expect(bind).toHaveBeenCalledWith(new Uint8Array([1]), [placed], [1, 2, 3, 4]);
  expect(parts.write).toHaveBeenCalledWith('/chosen/report.pdf', new Uint8Array([3]));
});

test('what takes the screen goes one after another, the program’s end does not wait for it', async () => {
  let close: (path: string | null) => void = () => undefined;
  const { shell, parts } = partsWith({
    pickFile: vi.fn(() => new Promise<string | null>((resolve) => (close = resolve))),
  });
  const first = shell('1', 'shell.chooseFile', { title: '', extensions: ['csv'] });
  for (const [method, input] of [
    ['shell.chooseFile', { title: '', extensions: ['csv'] }],
    ['shell.chooseFolder', { title: '' }],
    ['shell.chooseSave', { title: '', name: 'a.pdf', extensions: ['pdf'] }],
  ] as const)
    expect(await shell('1', method, input)).toMatchObject({ error: { code: 'busy' } });
  expect(await shell('1', 'shell.quit', {})).toMatchObject({ ok: true });
  close(null);
  expect(await first).toEqual({ ok: true, value: null });
  expect(await shell('1', 'shell.chooseFolder', { title: '' })).toMatchObject({ ok: true });
  expect(parts.pickFile).toHaveBeenCalledTimes(1);
});

test('dialogs know the kinds of file that the program has, and names that are what they look like', async () => {
  const { shell, parts } = partsWith();
  const save = (more: object) =>
    shell('1', 'shell.chooseSave', { title: '', name: 'a.pdf', extensions: ['pdf'], ...more });
  for (const wrong of [
    ...[['bat'], ['exe'], ['pdf', 'lnk'], []].map((extensions) => ({ extensions })),
    ...[{ name: 'a\u202efdp.docx' }, { name: 'a\u0000.pdf' }, { title: '\u2066x' }],
  ])
    expect(await save(wrong)).toMatchObject({ error: { code: 'invalid-input' } });
  expect(parts.pickSave).not.toHaveBeenCalled();
  expect(await save({})).toMatchObject({ ok: true });
  expect(parts.grantFile).toHaveBeenCalledWith('/chosen/sheet.pdf', 'save');
});
