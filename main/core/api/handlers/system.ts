import fs from 'node:fs';
import path from 'node:path';
import { backupName, dropCopy, dropSurplus } from '#core/db/backup.ts';
import { names } from '#core/db/folder.ts';
import { planRebuild, type RebuildPlan, rebuild } from '#core/ledgers/search-check.ts';
import { contentHash } from '#core/ledgers/verify.ts';
import type { BackupMade, Rebuilt, Verified } from '#shared/api/types.ts';
import { secondCopy } from '../automatic-backup.ts';
import type { HandlersOf, Job } from '../context.ts';
import { markRenewed, searchRenewal } from '../derivations.ts';
import type { VerifyInput } from '../verify-task.ts';

export const systemHandlers = {
  'system.hash': ({ db, kit }) => contentHash(db, kit.registry),
  'system.verify': async ({ kit, key }, { quick = false }) =>
    (await kit.env.helper('ledger.verify', {
      folder: kit.folder(),
      seeds: kit.env.seeds,
      key,
      nativeBinding: kit.env.nativeBinding ?? null,
      version: kit.env.version,
      now: kit.at(),
      quick,
      ledgers: kit.env.extra?.ledgers ?? [],
    } satisfies VerifyInput)) as Verified,
  'system.renewal': ({ db }) => searchRenewal(db),
  'system.rebuild': {
    stage: ({ kit, db, progress }, { whole = false }) =>
      planRebuild(db, kit.registry, kit.indexContext(db), { isWhole: whole, progress }),
    commit({ kit, db, note, progress }, plan) {
      const entries = rebuild(db, kit.registry, kit.indexContext(db), plan, (made) =>
        progress(2 * plan.total + made, 3 * plan.total),
      );
      markRenewed(db, 'search');
      note({ detail: { entries, whole: plan.isWhole, removed: plan.stray.length } });
      return { entries, records: plan.total };
    },
  } satisfies Job<{ whole?: boolean | undefined }, RebuildPlan, Rebuilt>,
  'system.backup': async ({ kit, key, files, note, outcome }, { folder }) => {
    const own = path.join(kit.folder(), names.backups);
    const to = folder === undefined ? own : files.path(folder);
    const now = kit.at();
    note({ detail: { kind: folder === undefined ? 'own' : 'folder' } });
    const name = backupName(new Date(now), (candidate) => fs.existsSync(path.join(to, candidate)));
    const over = folder === undefined ? () => undefined : files.leaves(path.join(to, name));
    let made: BackupMade;
    try {
      made = (await kit.env.helper('backup.make', {
        folder: kit.folder(),
        to,
        key,
        nativeBinding: kit.env.nativeBinding ?? null,
        now,
      })) as BackupMade;
    } catch (error) {
      if (!fs.existsSync(path.join(to, name))) over();
      throw error;
    }
    // Its entry in the log may find no room any more: what was refused is not there.
    outcome.whenUndone(() => {
      dropCopy(to, made.name);
      over();
    });
    if (folder === undefined) {
      dropSurplus(kit.folder(), kit.at());
      await secondCopy(kit, key);
    }
    note({ detail: { bytes: made.bytes, kind: folder === undefined ? 'own' : 'folder' } });
    return made;
  },
} satisfies HandlersOf<
  'system.hash' | 'system.verify' | 'system.renewal' | 'system.rebuild' | 'system.backup'
>;
