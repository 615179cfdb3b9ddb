import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerFile, type FileMap, mapFiles } from '#electron/files/app-files.ts';
import { createAttachmentPages } from '#electron/files/attachment-pages.ts';
import { createPrintPages } from '#electron/files/print-pages.ts';
import { writeComplete } from '#electron/files/write-complete.ts';
import { pdfPolicy, picturePolicy, printPolicy, windowPolicy } from '#electron/security/content-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'app-files-'));
let map: FileMap = new Map();

beforeAll(() => {
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(
    join(folder, 'page', 'index.html'),
    '<style nonce="%CSP_NONCE%"></style><meta content="%CSP_NONCE%">',
  );
  writeFileSync(join(folder, 'page', 'assets', 'main.js'), 'export {}');
  writeFileSync(join(folder, 'page', 'notes.txt'), 'not for the page');
  writeFileSync(join(folder, 'secret.js'), 'outside');
  map = mapFiles(join(folder, 'page'));
  writeFileSync(join(folder, 'page', 'later.js'), 'came after the start');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answerFile(map, { url, method });

test('the map holds the files of the start, of known kinds', () => {
  expect([...map.keys()].sort()).toEqual(['/assets/main.js', '/index.html']);
});

test('a program without its page does not start', () => {
  expect(() => mapFiles(join(folder, 'page', 'assets'))).toThrow(/page is missing/);
});

test('the page gets a policy with a nonce of its own each time', async () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const answer = await get('app://local/index.html');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).toBe(windowPolicy(nonce));
    expect(nonce.length).toBeGreaterThan(20);
    expect(await answer.text()).toBe(`<style nonce="${nonce}"></style><meta content="${nonce}">`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('scripts come with their type and nosniff', async () => {
  const answer = await get('app://local/assets/main.js');
  expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['app://local/later.js', 404],
  ['app://local/notes.txt', 404],
  ['app://local/', 404],
  ['app://local/../secret.js', 404],
  ['app://local/%2e%2e/secret.js', 404],
  ['app://local/assets/..%2f..%2fsecret.js', 404],
  ['app://local/assets/../index.html?x=1', 403],
  ['app://other/index.html', 403],
  ['app://print/index.html', 403],
])('%s is refused', async (url, status) => {
  expect((await get(url)).status).toBe(status);
});

test('every answer has a content policy, files and refusals too', async () => {
  const urls = ['index.html', 'assets/main.js', 'later.js', '../secret.js', '?x'];
  for (const url of urls) {
    const { headers } = await get(`app://local/${url}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy, url).toMatch(/^default-src 'none';/);
    expect(policy.includes('script-src'), url).toBe(url === 'index.html');
  }
  expect((await get('app://local/index.html', 'POST')).headers.get('content-security-policy')).toBe(
    picturePolicy,
  );
  const none = createPrintPages().answer({ url: 'app://print/x', method: 'GET' });
  expect(none.headers.get('content-security-policy')).toBe(picturePolicy);
});

test('only GET', async () => {
  expect((await get('app://local/index.html', 'POST')).status).toBe(405);
});

test('the window policy allows neither inline nor evaluated code, nor any connection', () => {
  const policy = windowPolicy('abc');
  expect(policy).not.toMatch(/unsafe|\*|https?:|connect-src/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  // Nothing else is let out of the sandbox: printing, downloads, forms, windows, going elsewhere.
  expect(policy.split('; ').filter((part) => part.startsWith('sandbox'))).toEqual([
    'sandbox allow-scripts allow-same-origin',
  ]);
  expect(printPolicy).not.toContain('script-src');
  expect(printPolicy).toContain("default-src 'none'");
});

test('a document to be printed is there until it is removed, under an address nobody can guess', () => {
  const pages = createPrintPages();
  const page = pages.put('<p>甲</p>');
  expect(page.url).toMatch(/^app:\/\/print\/[0-9a-f-]{36}$/);
  expect(pages.answer({ url: page.url, method: 'GET' }).status).toBe(200);
  expect(pages.answer({ url: page.url, method: 'POST' }).status).toBe(404);
  page.remove();
  expect(pages.answer({ url: page.url, method: 'GET' }).status).toBe(404);
});

const attachment = { id: 'x', mediaType: 'image/png', title: '甲' };
const viewed = (content: number[], mediaType = 'image/png') => ({
  ok: true as const,
  value: { attachment: { ...attachment, mediaType }, content: new Uint8Array(content) },
});
const addressIn = (envelope: unknown) => (envelope as { value: { address: string } }).value.address;

test('the content of an attachment never reaches the page, only an address that answers once', async () => {
  const pages = createAttachmentPages();
  const answer = pages.takeFrom('attachment.view', viewed([1, 2, 3]));
  expect(answer).toEqual({ ok: true, value: { attachment, address: expect.any(String) } });
  const url = addressIn(answer);
  expect(url).toMatch(/^app:\/\/attachment\/[0-9a-f-]{36}$/);
  expect(pages.answer({ url, method: 'POST' }).status).toBe(404);
  const first = pages.answer({ url: `${url}#toolbar=0`, method: 'GET' });
  expect([...new Uint8Array(await first.arrayBuffer())]).toEqual([1, 2, 3]);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': picturePolicy,
  });
  expect(pages.answer({ url, method: 'GET' }).status).toBe(404);
});

test('other answers pass as they are; what is no kind of attachment is not given out', () => {
  const pages = createAttachmentPages();
  const other = { ok: true as const, value: { content: new Uint8Array(1) } };
  expect(pages.takeFrom('attachment.list', other)).toBe(other);
  const refused = { ok: false as const, error: { code: 'closing', params: {} } as const };
  expect(pages.takeFrom('attachment.view', refused)).toBe(refused);
  expect(() => pages.takeFrom('attachment.view', viewed([1], 'text/html'))).toThrow('not a kind');
});

test('what was not fetched is forgotten: with the session, and when more is looked at', () => {
  const pages = createAttachmentPages();
  const put = () => addressIn(pages.takeFrom('attachment.view', viewed([1])));
  const status = (url: string) => pages.answer({ url, method: 'GET' }).status;
  const [oldest, ...others] = Array.from({ length: 5 }, put);
  expect(status(oldest ?? '')).toBe(404);
  expect(status(others[0] ?? '')).toBe(200);
  pages.clear();
  expect(others.map(status)).toEqual([404, 404, 404, 404]);
});

test('an attachment runs nothing and reaches nothing; the page may show it as a picture only', () => {
  for (const policy of [picturePolicy, pdfPolicy]) {
    expect(policy).not.toMatch(/script-src|connect-src|frame-src|\*|https?:|data:/);
    expect(policy).toContain("default-src 'none'");
  }
  const policy = windowPolicy('abc').split('; ');
  expect(policy.filter((line) => line.includes('app://attachment'))).toEqual([
    "img-src 'self' data: blob: app://attachment",
  ]);
});

test('a file appears whole or not at all', async () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  await writeComplete(join(out, 'a.pdf'), new Uint8Array([1, 2, 3]));
  expect([...readFileSync(join(out, 'a.pdf'))]).toEqual([1, 2, 3]);
  await expect(writeComplete(join(out, 'missing', 'a.pdf'), new Uint8Array(1))).rejects.toMatchObject({
    code: 'file-unwritable',
  });
  mkdirSync(join(out, 'taken.pdf', 'inside'), { recursive: true });
  await expect(writeComplete(join(out, 'taken.pdf'), new Uint8Array(1))).rejects.toMatchObject({
    code: 'file-unwritable',
  });
  expect(readdirSync(out).sort()).toEqual(['a.pdf', 'taken.pdf']);
});
