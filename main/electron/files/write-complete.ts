import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/api/errors.ts';

/** Writes under a temporary name beside the file and renames when all is on disk, so that no half file appears. */
export async function writeComplete(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new AppError(isFull ? 'disk-full' : 'file-unwritable', { file: basename(file) }, { cause: error });
  }
}
