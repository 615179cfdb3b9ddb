import type { ReadDb } from '#core/db/connection.ts';
import type { HistoryChange, HistoryLine, RecordContent, Scalar } from '#shared/api/types.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpec, FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import { applyPatch, type Stored } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { StoredRecord } from './table.ts';
import type { Veil } from './veil.ts';
import { versionsOf } from './versions.ts';

type Shown = { labels: LabelContext; veil: Veil | null };

/** Who changed what of a record, when, from what to what: every version, the newest first. */
export function historyOf(db: ReadDb, record: StoredRecord, shown: Shown): HistoryLine[] {
  let after: Stored = { unitId: record.unitId, state: record.state, content: record.content };
  return versionsOf(db, record.id).map(({ id, at, account, installation, parents, patch }) => {
    const before = applyPatch(after, patch);
    const isFirst = parents.length === 0;
    const changes = isFirst ? [] : changesBetween(record.ledger, before, after, Object.keys(patch), shown);
    after = before;
    return { version: id, at, account, installation, isFirst, changes };
  });
}

function changesBetween(
  ledger: LedgerSpec,
  before: Stored,
  after: Stored,
  paths: readonly string[],
  { labels, veil }: Shown,
): HistoryChange[] {
  const masked = (content: RecordContent) => (veil ? veil.content(ledger, content) : content);
  const [old, now] = [masked(before.content), masked(after.content)];
  const stateOf = ({ state }: Stored) => ledger.workflow.states[state]?.label ?? state;
  return paths.flatMap((path) => {
    if (path === '~state') return [{ path, before: stateOf(before), after: stateOf(after) }];
    const child = ledger.children[path];
    if (child) return rowChanges(path, child.fields, [before.content, after.content], [old, now], labels);
    const spec = ledger.fields[path];
    if (!spec) return [];
    return [
      {
        path,
        before: textOf(spec, old[path] as Scalar, labels),
        after: textOf(spec, now[path] as Scalar, labels),
      },
    ];
  });
}

type Both = readonly [RecordContent, RecordContent];
type ChildRow = Record<string, Scalar>;

/** Which fields of which rows; what differs is asked of the values themselves, what is shown may be masked. */
function rowChanges(
  child: string,
  fields: FieldSpecs,
  values: Both,
  shown: Both,
  labels: LabelContext,
): HistoryChange[] {
  const rows = (content: RecordContent) => (content[child] ?? []) as ChildRow[];
  const [old, now] = values.map(rows) as [ChildRow[], ChildRow[]];
  const [oldShown, nowShown] = shown.map(rows) as [ChildRow[], ChildRow[]];
  const changes: HistoryChange[] = [];
  for (let at = 0; at < Math.max(old.length, now.length); at++) {
    for (const [name, spec] of Object.entries(fields)) {
      if ((old[at]?.[name] ?? null) === (now[at]?.[name] ?? null)) continue;
      changes.push({
        path: `${child}.${at}.${name}`,
        before: textOf(spec, oldShown[at]?.[name], labels),
        after: textOf(spec, nowShown[at]?.[name], labels),
      });
    }
  }
  return changes;
}

function textOf(spec: FieldSpec, value: Scalar | undefined, labels: LabelContext): string | null {
  return value === undefined || value === null ? null : kindOf(spec.kind).toText(value, spec, labels);
}
