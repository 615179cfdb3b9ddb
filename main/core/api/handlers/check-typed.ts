import { periodOf } from '#core/cases/due-entries.ts';
import { withinSight } from '#core/ledgers/checking.ts';
import { sharingOf } from '#core/ledgers/related.ts';
import { readRecord } from '#core/ledgers/table.ts';
import { ownUnit, unitById } from '#core/settings/settings.ts';
import type { Checked } from '#shared/api/check-types.ts';
import type { FieldProblem, FieldProblems } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { Scalar } from '#shared/api/types.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { veilOf } from '#shared/ledgers/veil.ts';
import { hiddenText } from '#shared/text/words.ts';
import type { QueryContext } from '../context.ts';
import { isSeen } from '../scope.ts';

/**
 * What a save would say of a record as it is typed, by the same checks, so that the form can say it before: also what
 * other records of the same person say, as far as the account sees that person. A look over the whole register is left to
 * the save. Nothing of it names a person, as no log says that it was asked: who or what another record is about stays out
 * of every answer, and so does a worked-out value that has a mask; the save says both.
 */
export function checkTyped(
  { db, kit, scope, session }: QueryContext,
  { ledger, id, record }: InputOf<'ledger.check'>,
): Checked {
  const spec = kit.registry.find(ledger);
  const before = id === undefined ? null : readRecord(db, spec, id);
  const own = ownUnit(db);
  const unit = (session.unitId !== own.id && unitById(db, session.unitId)) || own;
  const { content, problems, warnings } = checkRecord(spec, record, {
    today: kit.today(),
    hasCode: kit.hasCode,
    hasRecord: withinSight(before, {
      hasRecord: (name, recordId) => kit.hasRecord(db, name, recordId),
      sees: (recordId) => isSeen(kit, db, { ...scope, ledgers: null }, recordId),
    }),
    valueOf: (name, recordId, field) =>
      isSeen(kit, db, scope, recordId) ? kit.valueOf(db, name, recordId, field) : undefined,
    periodOf: (rule, typed, isUnextended) => periodOf(db, rule, typed, isUnextended),
    level: unit.level,
    stood: before?.content ?? null,
    rivals: () => [],
    sharing: (asked) =>
      isSeen(kit, db, scope, asked.value) ? sharingOf(db, spec, before, asked, () => true) : [],
  });
  const derived = Object.fromEntries(
    workedOut(spec).map((name) => [name, (content[name] ?? null) as Scalar] as const),
  );
  return { problems: unnamed(problems), warnings: unnamed(warnings), derived };
}

const workedOut = ({ derives = [], fields }: LedgerSpec) =>
  derives.map(({ field }) => field).filter((name) => fields[name]?.derived && veilOf(fields[name]) === null);

/** Without who or what another record is about. */
const unnamed = (found: FieldProblems): FieldProblems =>
  Object.fromEntries(Object.entries(found).map(([path, problem]) => [path, hidden(problem)]));

function hidden(problem: FieldProblem): FieldProblem {
  if (problem.problem === 'overlaps') return { ...problem, what: hiddenText };
  return problem.problem === 'still-out' ? { ...problem, who: hiddenText } : problem;
}
