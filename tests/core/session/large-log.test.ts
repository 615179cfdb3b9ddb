// A log larger than what fits into memory at once is exported and checked line by line.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linesIn, linesOfFile, logFileLimitMb } from '#core/audit/log-file.ts';
import { exportedLog, faultsOf, noticesOf, remadeLog } from '#tests/fixtures/foreign-log.ts';
import { aProgram, recordDay } from '#tests/fixtures/program.ts';

const isFull = process.env.JUDICIAL_FULL === '1';
/** An entry of a look at a list names 500 records. */
const ids = Array.from(
  { length: 500 },
  (_each, at) => `0197a000-0000-7000-8000-${String(at).padStart(12, '0')}`,
);
const detail = JSON.stringify({ ids });
const count = isFull ? Math.ceil(((logFileLimitMb + 20) * 2 ** 20) / detail.length) : 400;

test(
  `an export of ${count} long entries is found sound, a changed sign in it is found, and a later one goes on from it`,
  async () => {
    const station = await aProgram({ everyRole: true });
    const county = await aProgram({ isCounty: true });
    try {
      await remadeLog(station, (rows) => {
        const [last] = rows.slice(-1);
        if (!last) throw new Error('no entries');
        return [
          ...rows,
          ...Array.from({ length: count }, () => ({ ...last, action: 'ledger.list', detail })),
        ];
      });
      const auditor = await station.signIn('auditor');
      const file = await exportedLog(station, auditor);
      const { size } = fs.statSync(file);
      if (isFull) expect(size).toBeGreaterThan(logFileLimitMb * 2 ** 20);
      const check = async (at: string) => {
        county.grant('in', at);
        return county.call('audit.checkFile', { file: 'in' });
      };
      const first = await check(file);
      expect([first.isSound, first.last - first.first + 1]).toEqual([true, first.total]);
      expect(first.total).toBeGreaterThan(count);
      // One sign in the middle.
      const handle = fs.openSync(file, 'r+');
      const at = Math.floor(size / 2);
      const sign = Buffer.alloc(1);
      fs.readSync(handle, sign, 0, 1, at);
      fs.writeSync(handle, Buffer.from(sign.toString() === '7' ? '8' : '7'), 0, 1, at);
      const changed = await check(file);
      expect(changed.isSound).toBe(false);
      expect(faultsOf(changed)).toContain('seal');
      fs.writeSync(handle, sign, 0, 1, at);
      fs.closeSync(handle);
      // Read entry by entry it is only as far as it fits into memory.
      const read = await county.ask('audit.foreign', { check: first.check ?? 0, file: 'in' });
      if (isFull) expect(read).toMatchObject({ ok: false, error: { code: 'log-file-not-read' } });
      else expect(read.ok).toBe(true);
      const later = await check(await exportedLog(station, auditor, { from: recordDay }));
      expect([later.isSound, noticesOf(later).includes('uncovered')]).toEqual([true, false]);
      fs.rmSync(file);
    } finally {
      await station.close();
      await county.close();
    }
  },
  isFull ? 1_200_000 : 120_000,
);

test('lines of a file are those of its bytes, wherever the parts end that it is read in', () => {
  const at = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lines-')), 'x');
  for (const text of [
    '',
    '\n',
    'a',
    'a\n',
    '\n\na\n',
    '张三\n李四\n\n王五',
    `${'长'.repeat(300)}\n短\n`,
    'x\r\ny\n',
  ]) {
    fs.writeFileSync(at, text);
    const expected = [...linesIn(Buffer.from(text))];
    expect(Buffer.concat(expected.map(({ bytes }) => bytes)).toString()).toBe(text);
    for (const atOnce of [1, 2, 3, 5, 7, 64, 1000])
      expect([...linesOfFile(at, atOnce)].map(({ text: line }) => line)).toEqual(
        expected.map(({ text: line }) => line),
      );
  }
  fs.rmSync(path.dirname(at), { recursive: true });
});
