import { inFolder } from '#core/db/folder.ts';
import { ObjectFault } from '#core/db/object-format.ts';
import { type Content, isUnreadable, readObject } from '#core/db/objects.ts';
import type { StoredAttachment } from '#core/ledgers/attachments.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Kit } from '../context.ts';

export const storeOf = (kit: Kit): string => inFolder(kit.folder(), 'objects');

/** Throws `attachment-lost`, `attachment-damaged`; nothing of a damaged object comes out. */
export async function contentOf(
  kit: Kit,
  key: Uint8Array,
  { title, content }: StoredAttachment,
): Promise<Buffer> {
  try {
    return await wholeOf(storeOf(kit), key, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AppError('attachment-lost', { title }, { cause: error });
    if (error instanceof ObjectFault || isUnreadable(error))
      throw new AppError('attachment-damaged', { title }, { cause: error });
    throw error;
  }
}

async function wholeOf(store: string, key: Uint8Array, content: Content): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readObject(store, key, content)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
