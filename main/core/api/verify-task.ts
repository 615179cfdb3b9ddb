import { headBefore } from '#core/audit/head-before.ts';
import { connect, isBusy, isDamage } from '#core/db/connection.ts';
import { damaged, markDamaged } from '#core/db/damage.ts';
import { inFolder } from '#core/db/folder.ts';
import { wrongIssues } from '#core/documents/issued.ts';
import { wrongTemplates } from '#core/documents/own-store.ts';
import { checkAttachments } from '#core/ledgers/attachment-check.ts';
import { verifyLedger } from '#core/ledgers/verify.ts';
import { wrongLists } from '#core/retention/list-digests.ts';
import { wrongSealed } from '#core/sealing/content.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Verified } from '#shared/api/types.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { issueFinding, listFinding, sealedFinding, templateFinding } from '#shared/text/findings.ts';
import { logBeforeFinding } from '#shared/text/went-back.ts';
import { derivations, searchRenewal } from './derivations.ts';
import { wrongMappings } from './handlers/mappings.ts';
import { createKit } from './kit.ts';

export type VerifyInput = {
  folder: string;
  seeds: string;
  key: Uint8Array;
  nativeBinding: string | null;
  version: string;
  now: string;
  quick: boolean;
  /** Registers besides those of the program; only tests give them. */
  ledgers: readonly LedgerSpec[];
};

/**
 * Everything that must hold, looked at through a connection of the helper's own: all of it is one snapshot, and neither
 * the reader (search, drafts) nor the writer waits for it.
 */
export async function verifyFolder(input: VerifyInput): Promise<Verified> {
  try {
    return await verify(input);
  } catch (error) {
    // What was thrown has only its words when it leaves a helper.
    if (isBusy(error)) throw new AppError('busy', { method: 'system.verify' }, { cause: error });
    if (!isDamage(error)) throw error;
    markDamaged(input.folder);
    throw damaged(input.folder, error);
  }
}

async function verify({ folder, key, nativeBinding, quick, ...input }: VerifyInput): Promise<Verified> {
  const now = new Date(input.now);
  const kit = createKit(
    {
      folder,
      seeds: input.seeds,
      version: input.version,
      now: () => now,
      emit: () => undefined,
      helper: () => Promise.reject(new Error('a helper has no helpers')),
      extra: { ledgers: input.ledgers, migrations: [] },
    },
    () => folder,
  );
  const native = nativeBinding === null ? {} : { nativeBinding };
  const connection = connect(inFolder(folder, 'ledger'), { key, access: 'read', ...native });
  try {
    return await connection.snapshot(async (db) => {
      kit.renewLists(db);
      const today = kit.today();
      const { findings, records, stripped } = verifyLedger(db, kit.registry, {
        today,
        hasCode: kit.hasCode,
        hasRecord: (ledger, recordId) => kit.hasRecord(db, ledger, recordId),
        derivations,
        isRenewing: searchRenewal(db) !== null,
        ...kit.indexContext(db),
      });
      findings.push(...wrongIssues(db).map(issueFinding), ...wrongTemplates(db).map(templateFinding));
      findings.push(...wrongMappings(kit, db), ...wrongSealed(db).map(sealedFinding));
      findings.push(...wrongLists(db).map(listFinding));
      const before = headBefore(db);
      if (before && !before.isRestored) findings.push(logBeforeFinding(before));
      // The last: after its rows are read it goes on with files, outside of the snapshot.
      const { attachments, findings: ofAttachments } = await checkAttachments(db, kit.registry, {
        folder,
        key,
        quick,
        hasKind: (code) => kit.hasCode('attachmentKind', code, today),
      });
      findings.push(...ofAttachments);
      const hasAttachments = attachments.rows + attachments.unreferenced > 0;
      return {
        ok: findings.length === 0,
        findings,
        records,
        ...(stripped > 0 ? { stripped } : {}),
        ...(hasAttachments ? { attachments } : {}),
      };
    });
  } finally {
    connection.close();
  }
}
