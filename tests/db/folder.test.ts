import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkFolder } from '#core/db/folder.ts';
import type { AppError } from '#shared/api/errors.ts';

const codeOf = (work: () => void) => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as AppError).code;
  }
};

test('a drive letter that stands for a share is told as soon as it is resolved, before anything is written', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-share-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  expect(codeOf(() => checkFolder(folder))).toBeNull();
  const { native } = fs.realpathSync;
  // As Windows resolves it: two strokes at the beginning, and the same files.
  const onShare = ((one: string) => `/${native(one)}`) as typeof native;
  const resolved = vi.spyOn(fs.realpathSync, 'native').mockImplementation(onShare);
  const written = vi.spyOn(fs, 'writeFileSync');
  onTestFinished(() => {
    resolved.mockRestore();
    written.mockRestore();
  });
  expect(codeOf(() => checkFolder(folder))).toBe('not-local');
  expect(written).not.toHaveBeenCalled();
  expect(fs.readdirSync(folder)).toEqual([]);
});
