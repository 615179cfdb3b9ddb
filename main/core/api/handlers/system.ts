import path from 'node:path';
import { dropSurplus } from '#core/db/backup.ts';
import { names } from '#core/db/folder.ts';
import { wrongIssues } from '#core/documents/issued.ts';
import { wrongTemplates } from '#core/documents/own-store.ts';
import { checkAttachments } from '#core/ledgers/attachment-check.ts';
import { planRebuild, type RebuildPlan, rebuild } from '#core/ledgers/search-check.ts';
import { contentHash, verifyLedger } from '#core/ledgers/verify.ts';
import type { BackupMade, Rebuilt } from '#shared/api/types.ts';
import { issueFinding, templateFinding } from '#shared/text/findings.ts';
import { secondCopy } from '../automatic-backup.ts';
import type { HandlersOf, Job } from '../context.ts';
import { derivations, markRenewed, searchRenewal } from '../derivations.ts';
import { wrongMappings } from './mappings.ts';

export const systemHandlers = {
  'system.hash': ({ db, kit }) => contentHash(db, kit.registry),
  'system.verify': async ({ db, kit, key }, { quick = false }) => {
    const today = kit.today();
    const { findings, records } = verifyLedger(db, kit.registry, {
      today,
      hasCode: kit.hasCode,
      hasRecord: (ledger, recordId) => kit.hasRecord(db, ledger, recordId),
      derivations,
      isRenewing: searchRenewal(db) !== null,
      ...kit.indexContext(db),
    });
    const checked = await checkAttachments(db, kit.registry, {
      folder: kit.folder(),
      key,
      quick,
      hasKind: (code) => kit.hasCode('attachmentKind', code, today),
    });
    findings.push(...checked.findings, ...wrongIssues(db).map(issueFinding));
    findings.push(...wrongTemplates(db).map(templateFinding));
    findings.push(...wrongMappings(kit, db));
    const { rows, unreferenced } = checked.attachments;
    return {
      ok: findings.length === 0,
      findings,
      records,
      ...(rows + unreferenced > 0 ? { attachments: checked.attachments } : {}),
    };
  },
  'system.renewal': ({ db }) => searchRenewal(db),
  'system.rebuild': {
    stage: ({ kit, db, progress }, { whole = false }) =>
      planRebuild(db, kit.registry, kit.indexContext(db), { isWhole: whole, progress }),
    commit({ kit, db, note, progress }, plan) {
      const entries = rebuild(db, kit.registry, kit.indexContext(db), plan, (made) =>
        progress(plan.total + made, 2 * plan.total),
      );
      markRenewed(db, 'search');
      note({ detail: { entries, whole: plan.isWhole, removed: plan.stray.length } });
      return { entries, records: plan.total };
    },
  } satisfies Job<{ whole?: boolean | undefined }, RebuildPlan, Rebuilt>,
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
    if (folder === undefined) {
      dropSurplus(kit.folder());
      await secondCopy(kit, key);
    }
    note({ detail: { bytes: made.bytes } });
    return made;
  },
} satisfies HandlersOf<
  'system.hash' | 'system.verify' | 'system.renewal' | 'system.rebuild' | 'system.backup'
>;
