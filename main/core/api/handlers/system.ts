import path from 'node:path';
import { dropSurplus, listBackups } from '#core/db/backup.ts';
import { names } from '#core/db/folder.ts';
import { contentHash, verifyLedger } from '#core/ledgers/verify.ts';
import type { BackupMade } from '#shared/api/types.ts';
import type { HandlersOf } from '../context.ts';

export const systemHandlers: HandlersOf<
  'system.hash' | 'system.verify' | 'system.backup' | 'system.backups'
> = {
  'system.hash': ({ db, kit }) => contentHash(db, kit.registry),
  'system.verify': ({ db, kit }) => {
    const { findings, records } = verifyLedger(db, kit.registry, {
      today: kit.today(),
      hasCode: kit.hasCode,
    });
    return { ok: findings.length === 0, findings, records };
  },
  'system.backup': async ({ kit, key, files, note }, { folder }) => {
    const own = path.join(kit.folder(), names.backups);
    const to = folder === undefined ? own : files.path(folder);
    const made = (await kit.env.helper('backup.make', {
      folder: kit.folder(),
      to,
      key,
      nativeBinding: kit.env.nativeBinding ?? null,
      now: kit.at(),
    })) as BackupMade;
    if (folder === undefined) dropSurplus(kit.folder());
    note({ detail: { bytes: made.bytes } });
    return made;
  },
  'system.backups': ({ kit }) => listBackups(kit.folder()),
};
