import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { findRuntime, runtimeArguments, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { aPdf, put } from '../fixtures/scans.ts';
import { expect, test } from './launch.ts';
import { drive } from './pipe-driver.ts';
import { watchedProgram } from './watch.ts';

// Playwright stops every new page until it has looked at it. Chromium's viewer of PDFs goes to its own page at once, and
// what would let it go on waits for that to end: on a busy machine the window stays white, under that driver only. So
// whether it comes at the first look and draws is seen without it; what surrounds it, in attachments.spec.ts.

const viewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';
const pictures = path.join(root, 'test-results', 'attachments');

/** How many different bytes the pixels of a PNG are written with: of a window of one colour, hardly any. */
function variety(png: Buffer): number {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return new Set(inflateSync(Buffer.concat(parts))).size;
}

/** Of the ledgers that children make. */
const password = 'correct horse';

test('the viewer of a PDF is there at the first look, every time', async ({ folder }) => {
  test.setTimeout(120_000);
  const data = path.join(folder, 'data');
  const file = put(path.join(folder, 'scans'), '转账凭证.pdf', await aPdf(3));
  const child = path.join(root, 'tests', 'faults', 'children', 'with-pdf.ts');
  const id = execFileSync(process.execPath, [child, data, file], { encoding: 'utf8' });
  const runtime = await findRuntime();
  mkdirSync(path.join(folder, 'window'));
  const {
    evaluate,
    addresses,
    photograph,
    closed,
    child: program,
  } = await drive([watchedProgram(runtime.executable), ...runtimeArguments(), root], {
    ...process.env,
    ...runtimeEnvironment(runtime),
    JUDICIAL_USER_DATA: path.join(folder, 'window'),
    JUDICIAL_DATA_DIR: data,
  });
  const must = (method: string, given: object) =>
    evaluate(`bureau.invoke('${method}', ${JSON.stringify(given)}).then((answer) => {
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    })`);
  await must('session.signIn', { account: 'admin', password });
  await must('session.reveal', { reason: '办理业务' });
  const viewers = async () => (await addresses()).filter((one) => one.startsWith(viewer));
  for (let look = 0; look < 3; look++) {
    await must('shell.viewPdf', { id: id });
    // Its page has come into the window; where that stays white it never has.
    await expect.poll(viewers, { timeout: 20_000 }).toEqual([`${viewer}index.html`]);
    // And draws: letters are smoothed in many shades, a window that stayed white has none.
    await expect
      .poll(async () => variety(await photograph('app://attachment/')), { timeout: 20_000 })
      .toBeGreaterThan(20);
    if (look === 2) put(pictures, 'pdf.png', await photograph('app://attachment/'));
    await must('session.lock', {}); // closes it
    await expect.poll(viewers).toEqual([]);
    await must('session.unlock', { password });
  }
  program.kill('SIGTERM');
  await closed;
});
