import type { RecordContent, Scalar } from '#shared/api/types.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from './describe.ts';

/**
 * The canonical text of a record: what its version id is made of. Fields and children in alphabetical order, absent
 * null and children without rows left out, so that a new optional field or child changes no old id. The state belongs to the content: it is what a
 * step of the workflow changes. Unit, number of tips, title and search text are derived or stand beside it.
 */
export function canonicalText(
  ledger: LedgerSpec,
  unitId: string,
  state: string,
  content: RecordContent,
): string {
  const out: [string, unknown][] = [
    ['~ledger', ledger.name],
    ['~state', state],
    ['~unit', unitId],
  ];
  for (const name of [...Object.keys(ledger.fields), ...Object.keys(ledger.children)].sort()) {
    const value = content[name];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      if (value.length === 0) continue;
      const fields = ledger.children[name]?.fields ?? {};
      out.push([name, value.map((row) => canonicalRow(fields, row))]);
    } else out.push([name, value]);
  }
  return JSON.stringify(out);
}

function canonicalRow(fields: FieldSpecs, row: Record<string, Scalar>): [string, Scalar][] {
  const out: [string, Scalar][] = [];
  for (const name of Object.keys(fields).sort()) {
    const value = row[name];
    if (value !== undefined && value !== null) out.push([name, value]);
  }
  return out;
}

/** A value before a change; `null` where there was none. `~state` and `~unit` stand for what lies beside the fields. */
export type Patch = Record<string, Scalar | Record<string, Scalar>[]>;
export type Stored = { unitId: string; state: string; content: RecordContent };

/** What to put back to get from `after` to `before` (children are kept whole where any row changed). */
export function reversePatch(ledger: LedgerSpec, before: Stored, after: Stored): Patch {
  const patch: Patch = {};
  if (before.state !== after.state) patch['~state'] = before.state;
  if (before.unitId !== after.unitId) patch['~unit'] = before.unitId;
  for (const name of [...Object.keys(ledger.fields), ...Object.keys(ledger.children)]) {
    const old = before.content[name] ?? null;
    const now = after.content[name] ?? null;
    if (old === now) continue;
    if (typeof old === 'object' && typeof now === 'object' && JSON.stringify(old) === JSON.stringify(now))
      continue;
    patch[name] = old;
  }
  return patch;
}

/** Goes one version back. */
export function applyPatch(after: Stored, patch: Patch): Stored {
  const content: RecordContent = { ...after.content };
  let { state, unitId } = after;
  for (const [name, value] of Object.entries(patch)) {
    if (name === '~state') state = String(value);
    else if (name === '~unit') unitId = String(value);
    else if (value === null) delete content[name];
    else content[name] = value;
  }
  return { unitId, state, content };
}

/** The text that stands for a record: one field, or the names of its children in order. */
export function headlineOf(ledger: LedgerSpec, content: RecordContent): string {
  const { headline } = ledger;
  if (!('children' in headline)) return String(content[headline.field] ?? '');
  const rows = content[headline.children];
  if (!Array.isArray(rows)) return '';
  const names = rows.map((row) => String(row[headline.field] ?? '')).filter((name) => name !== '');
  return names.length > 3 ? `${names.slice(0, 3).join('、')}等${names.length}方` : names.join('、');
}
