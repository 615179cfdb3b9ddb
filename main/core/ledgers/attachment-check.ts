import type { ReadDb } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { objectName } from '#core/db/object-format.ts';
import { namesIn, type ObjectState, stateOfObject } from '#core/db/objects.ts';
import type { AttachmentsChecked, VerifyFinding } from '#shared/api/types.ts';
import { attachmentFindingText as say } from '#shared/text/attachments.ts';
import { everyAttachment } from './attachments.ts';
import { ledgerOfRecord, type Registry, titleOf } from './registry.ts';

type Context = {
  folder: string;
  key: Uint8Array;
  /** Sizes only; else every tag of every object. */
  quick: boolean;
  hasKind(code: string): boolean;
};

/**
 * Every row has its record, its kind and its object, and the object is what was put there. Reads the rows at once (in
 * the caller's snapshot) and the objects afterwards, a chunk at a time.
 */
export async function checkAttachments(
  db: ReadDb,
  registry: Registry,
  { folder, key, quick, hasKind }: Context,
): Promise<{ findings: VerifyFinding[]; attachments: AttachmentsChecked }> {
  const store = inFolder(folder, 'objects');
  const findings: VerifyFinding[] = [];
  const rows = everyAttachment(db).map((row) => {
    const ledger = ledgerOfRecord(db, registry, row.recordId);
    return { ...row, record: ledger && titleOf(db, registry, ledger.name, row.recordId) };
  });
  // Names first: what is being added at this moment must not be counted among the objects nobody needs.
  const needed = new Set<string>();
  const states = new Map<string, ObjectState>();
  const stored = namesIn(store);
  for (const { id, title, kind, content, record, ...row } of rows) {
    const add = (message: string) => findings.push({ check: 'attachment', object: id, message });
    const name = objectName(key, content.hash);
    needed.add(name);
    if (record === null) {
      add(say.record(title));
      continue;
    }
    if (name !== row.object) add(say.name(record, title));
    if (!hasKind(kind)) add(say.kind(record, title, kind));
    const state = states.get(name) ?? (await stateOfObject(store, key, content, { quick }));
    states.set(name, state);
    if (state !== 'whole') add(say[state](record, title));
  }
  const unreferenced = [...stored].filter((name) => !needed.has(name)).length;
  return { findings, attachments: { rows: rows.length, objects: states.size, unreferenced } };
}
