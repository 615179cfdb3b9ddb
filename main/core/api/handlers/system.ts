import path from 'node:path';
import { dropSurplus, listBackups } from '#core/db/backup.ts';
import { names } from '#core/db/folder.ts';
import { wrongIssues } from '#core/documents/issued.ts';
import { checkAttachments } from '#core/ledgers/attachment-check.ts';
import { contentHash, verifyLedger } from '#core/ledgers/verify.ts';
import type { BackupMade } from '#shared/api/types.ts';
import { issueFinding } from '#shared/text/findings.ts';
import type { HandlersOf } from '../context.ts';
import { derivations } from '../derivations.ts';

export const systemHandlers: HandlersOf<
  'system.hash' | 'system.verify' | 'system.backup' | 'system.backups'
> = {
  'system.hash': ({ db, kit }) => contentHash(db, kit.registry),
  'system.verify': async ({ db, kit, key }, { quick = false }) => {
    const today = kit.today();
    const { findings, records } = verifyLedger(db, kit.registry, {
      today,
      hasCode: kit.hasCode,
      derivations,
    });
    const checked = await checkAttachments(db, kit.registry, {
      folder: kit.folder(),
      key,
      quick,
      hasKind: (code) => kit.hasCode('attachmentKind', code, today),
    });
    findings.push(...checked.findings, ...wrongIssues(db).map(issueFinding));
    const { rows, unreferenced } = checked.attachments;
    return {
      ok: findings.length === 0,
      findings,
      records,
      ...(rows + unreferenced > 0 ? { attachments: checked.attachments } : {}),
    };
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
