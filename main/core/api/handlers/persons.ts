import type { ReadDb } from '#core/db/connection.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { cardOf, isKnownPerson, showDecision, valuesOfPerson } from '#core/persons/card.ts';
import { decide, undo } from '#core/persons/decisions.ts';
import type { PersonContext } from '#core/persons/find.ts';
import { personsIn } from '#core/persons/in-record.ts';
import { matchPerson } from '#core/persons/match.ts';
import { commitIndex, type StagedIndex, stageIndex } from '#core/persons/rebuild.ts';
import { keepSeen, seenOf } from '#core/persons/seen.ts';
import { warningsFor } from '#core/persons/warnings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { CommandContext, HandlersOf, Kit } from '../context.ts';
import type { StoredSession } from '../contract.ts';
import type { Scope } from '../scope.ts';

type Names =
  | 'person.match'
  | 'person.take'
  | 'person.card'
  | 'person.inRecord'
  | 'person.decide'
  | 'person.undecide'
  | 'person.warnings'
  | 'person.seen'
  | 'person.see'
  | 'person.rebuild';

type Asked = { kit: Kit; db: ReadDb; session: StoredSession; scope: Scope };

const contextOf = ({ kit, db, session, scope }: Asked): PersonContext => ({
  db,
  registry: kit.registry,
  reader: kit.names,
  labels: kit.labels(db),
  unitCode: session.unitCode,
  ledgers: scope.ledgers,
  unitCodeOf: (unitId) => kit.unitCodeOf(db, unitId),
});

const actOf = ({ write, session }: CommandContext) => ({ at: write.at, by: session.account });

export const personHandlers: HandlersOf<Names> = {
  'person.match': (context, { values, exceptRecord }) =>
    matchPerson(contextOf(context), values, exceptRecord ?? null),
  'person.take': (context, { key }) => {
    const asked = contextOf(context);
    const values = valuesOfPerson(asked, key);
    const [newest] = cardOf(asked, key).matters;
    context.note({ detail: { fields: Object.keys(values) } });
    if (newest) context.note({ ledger: newest.ledger, recordId: newest.id });
    return values;
  },
  'person.card': (context, { key }) => {
    const card = cardOf(contextOf(context), key);
    const [newest] = card.matters;
    const likely = card.likely.map(({ last }) => last);
    const ids = [...new Set([...card.matters, ...likely].map(({ id }) => id))];
    context.note({ detail: { records: card.total, ids } });
    if (newest) context.note({ ledger: newest.ledger, recordId: newest.id });
    return card;
  },
  'person.inRecord': (context, { id, text }) =>
    personsIn(contextOf(context), findRecord(context.db, context.kit.registry, id), text ?? null),
  'person.decide': (context, { left, right, verdict }) => {
    // One of the two may stand in a row that is still being typed; of nobody at all nothing is said.
    const known = contextOf(context);
    if (!isKnownPerson(known, left) && !isKnownPerson(known, right)) throw new AppError('person-missing', {});
    const decision = decide(context.db, [left, right], verdict, actOf(context));
    context.changed('*');
    context.note({ detail: { verdict, decision: decision.seq } });
    return showDecision(contextOf(context), decision);
  },
  'person.undecide': (context, { id }) => {
    const decision = undo(context.db, id, actOf(context));
    context.changed('*');
    context.note({ detail: { verdict: decision.verdict, decision: id } });
    return showDecision(contextOf(context), decision);
  },
  'person.warnings': (context, { ledger, id, record }) =>
    warningsFor(contextOf(context), context.kit.registry.find(ledger), record, id ?? null),
  'person.seen': ({ db }, { id }) => seenOf(db, id),
  'person.see': (context, { id, warnings }) => {
    const record = findRecord(context.db, context.kit.registry, id);
    const standing = warningsFor(contextOf(context), record.ledger, record.content, id);
    // Only what stands can have been read: a window cannot put words on the file.
    const read = standing.filter(({ key }) => warnings.includes(key));
    const added = keepSeen(context.db, id, read, actOf(context));
    if (added > 0) context.changed(record.ledger.name);
    context.note({
      ledger: record.ledger.name,
      recordId: id,
      version: record.version,
      detail: { warnings: added, kinds: [...new Set(read.map(({ kind }) => kind))] },
    });
    return seenOf(context.db, id);
  },
  'person.rebuild': {
    stage: ({ kit, db, progress }) => stageIndex(db, kit.registry, kit.names, progress),
    commit(context, staged: StagedIndex) {
      const { kit, db } = context;
      const made = commitIndex(db, kit.registry, kit.names, staged, context.progress);
      context.changed('*');
      context.note({ detail: made });
      return made;
    },
  },
};
