import { deadlinesOf } from '#core/cases/board.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { rememberedFor } from '#core/ledgers/begin.ts';
import { choices } from '#core/ledgers/choices.ts';
import { findRecords } from '#core/ledgers/find.ts';
import { historyOf } from '#core/ledgers/history.ts';
import { listRecords, titlesWithin } from '#core/ledgers/list.ts';
import { refuseMasks } from '#core/ledgers/masked.ts';
import { notAllowed } from '#core/ledgers/refusals.ts';
import { findRecord, ledgerOfRecord, titleOf } from '#core/ledgers/registry.ts';
import { relatedTo } from '#core/ledgers/related.ts';
import { wholeSeen, wholesSeen } from '#core/ledgers/seen.ts';
import { actOnRecord, type Change, saveRecord } from '#core/ledgers/store.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { versionsOf } from '#core/ledgers/versions.ts';
import { allUnits } from '#core/settings/settings.ts';
import { AppError, type FieldProblems } from '#shared/api/errors.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { RecordContent, Saved, Whole } from '#shared/api/types.ts';
import { asDay } from '#shared/domain/day.ts';
import type { Phrase } from '#shared/domain/phrase.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { type LedgerSpec, rightToChange } from '#shared/ledgers/describe.ts';
import { phrase } from '#shared/ledgers/phrase.ts';
import { allowedSteps, isFiled, stepFor } from '#shared/ledgers/workflow.ts';
import { dueLine } from '#shared/text/deadlines.ts';
import type { CommandContext, HandlersOf, Kit } from '../context.ts';
import { isVeiled } from '../dispatch.ts';
import { withinScope } from '../scope.ts';
import { checkTyped } from './check-typed.ts';

function wholeOf(kit: Kit, db: ReadDb, record: StoredRecord): Whole {
  const versions = versionsOf(db, record.id);
  return {
    ledger: record.ledger.name,
    id: record.id,
    unitId: record.unitId,
    state: record.state,
    version: record.version,
    title: record.title,
    record: record.content,
    actions: allowedSteps(record.ledger.workflow, record.state).map((step) => step.action),
    titles: titlesOf(kit, db, record),
    versions: versions.map((version) => ({
      version: version.id,
      parents: version.parents,
      at: version.at,
      account: version.account,
      installation: version.installation,
      changed: version.parents.length === 0 ? [] : Object.keys(version.patch),
    })),
  };
}

function titlesOf(kit: Kit, db: ReadDb, record: StoredRecord): Record<string, string> {
  const titles: Record<string, string> = {};
  const labels = kit.labels(db);
  const rows = Object.entries(record.ledger.children).flatMap(([name, child]) => {
    const value = record.content[name];
    return Array.isArray(value) ? value.map((row) => [child.fields, row] as const) : [];
  });
  for (const [fields, content] of [[record.ledger.fields, record.content] as const, ...rows]) {
    for (const [name, spec] of Object.entries(fields)) {
      const value = (content as Record<string, unknown>)[name];
      if (typeof value !== 'string') continue;
      if (spec.kind === 'ref') titles[value] = titleOf(db, kit.registry, spec.ref ?? '', value) ?? '';
      if (spec.kind === 'division') titles[value] = labels.areaOf(value) ?? '';
    }
  }
  return titles;
}

function saved(context: CommandContext, change: Change): Saved {
  const { record, before, changed, warnings } = change;
  context.changed(record.ledger.name);
  context.note({
    ledger: record.ledger.name,
    recordId: record.id,
    version: record.version,
    detail: { isNew: before === null, fields: changed },
  });
  return { ...wholeOf(context.kit, context.db, record), warnings };
}

/** The step of another record that this new one is the taking of. Throws `action-not-allowed`. */
function takeOrigin(
  context: CommandContext,
  { record }: Change,
  origin: { id: string; action: string; baseVersion?: string | undefined },
): void {
  const from = findRecord(context.db, context.kit.registry, origin.id);
  const opens = stepFor(from.ledger.workflow, from.state, origin.action)?.opens;
  if (opens?.ledger !== record.ledger.name) throw notAllowed(from, origin.action);
  actOnRecord(context.write, {
    record: from,
    action: origin.action,
    ...(origin.baseVersion ? { baseVersion: origin.baseVersion } : {}),
    values: { [opens.links]: record.id, [opens.on]: context.kit.today() },
  });
  context.changed(from.ledger.name);
}

/** What is still to be done of a record that is filed: it is not reminded of any more, which is said. */
function stillDue({ db, kit }: CommandContext, record: StoredRecord): FieldProblems {
  const { deadlines } = deadlinesOf(db, kit.registry, record, asDay(kit.today()));
  const open = deadlines.filter(({ isLapsed }) => !isLapsed);
  if (open.length === 0) return {};
  return { '~state': { problem: 'still-due', what: dueLine(open) } };
}

/** Registers that are settings in all but form need the right of settings. Throws `no-right`. */
function refuseWithoutRight({ session }: Pick<CommandContext, 'session'>, ledger: LedgerSpec): void {
  const right = rightToChange(ledger);
  if (!hasRight(session, right)) throw new AppError('no-right', { right });
}

/** Phrases that the unit keeps itself and has in use. */
function ownPhrases(db: ReadDb): Phrase[] {
  const inUse = phrase.workflow.initial;
  return db
    .all<Record<'id' | 'kind' | 'place' | 'title' | 'text', string>>(
      sql`select id, kind, place, name as title, text from phrase where state = ${inUse} order by seq desc`,
    )
    .map((row) => ({ ...row, isOwn: true }));
}

type Names =
  | 'phrase.list'
  | 'ledger.begin'
  | 'units.tree'
  | 'divisions.children'
  | 'ledger.list'
  | 'ledger.get'
  | 'ledger.history'
  | 'ledger.related'
  | 'ledger.check'
  | 'ledger.save'
  | 'ledger.act'
  | 'ledger.addMany'
  | 'ledger.choices'
  | 'ledger.titles'
  | 'search.find';

const isKnown = (db: ReadDb, recordId: string) =>
  db.value(sql`select 1 from record_version where record_id = ${recordId} limit 1`) !== undefined;

const perStep = 500;
/** So many warnings of a batch are named; of more it is said how many there are. */
const mostNamed = 200;

/** Problems of one of many records, by its place. */
const atPlace = (index: number, problems: FieldProblems): FieldProblems =>
  Object.fromEntries(Object.entries(problems).map(([path, problem]) => [`${index}.${path}`, problem]));

/** Its warnings; what only the other records say against it is told by its place too. */
function saveOne(
  context: CommandContext,
  spec: LedgerSpec,
  index: number,
  record: Record<string, unknown>,
): FieldProblems {
  try {
    return saveRecord(context.write, spec, { record }).warnings;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'record-invalid' || !error.fields) throw error;
    const { count } = error.params as { count: number };
    throw new AppError('record-invalid', { count }, { fields: atPlace(index, error.fields), cause: error });
  }
}

export const ledgerHandlers: HandlersOf<Names> = {
  'phrase.list': ({ db, kit }) => [...ownPhrases(db), ...kit.phrases()],
  'ledger.begin': ({ db, kit, session }, { ledger }) =>
    rememberedFor(db, kit.registry, kit.registry.find(ledger), session.accountId),
  'units.tree': ({ db }) => allUnits(db),
  'divisions.children': ({ db }, { parent }) =>
    db.all(
      sql`select code, name, level from area where parent_code is ${parent === '' ? null : parent} order by code`,
    ),
  'ledger.list': ({ db, kit, scope }, input) => {
    // Parts of what is seen may be another unit's.
    const whole = wholeSeen(kit.registry, kit.registry.find(input.ledger), scope);
    const filter = whole ? input.filter : withinScope(scope, input.filter);
    return listRecords(db, kit.registry, { ...input, filter }, kit.mappings(), scope);
  },
  'ledger.get': ({ db, kit, note, scope }, { id }) => {
    const record = findRecord(db, kit.registry, id);
    note({ ledger: record.ledger.name, recordId: id, version: record.version });
    const whole = wholeOf(kit, db, record);
    const isOwn = scope.unitIds?.includes(record.unitId) ?? true;
    return isOwn ? whole : { ...whole, actions: [], isOthers: true };
  },
  'ledger.history': ({ db, kit, note, veil }, { id }) => {
    const record = findRecord(db, kit.registry, id);
    note({ ledger: record.ledger.name, recordId: id, version: record.version });
    const labels = { ...kit.labels(db), ...(veil ? { titleOf: veil.title } : {}) };
    return historyOf(db, record, { labels, veil });
  },
  'ledger.related': ({ db, kit, scope }, { id }) => {
    const ledger = ledgerOfRecord(db, kit.registry, id);
    if (!ledger) throw new AppError('record-missing', { id });
    return relatedTo(db, kit.registry, scope, { ledger: ledger.name, id });
  },
  'ledger.check': checkTyped,
  'ledger.titles': ({ db, kit, scope }, { ledger, ids }) =>
    titlesWithin(db, kit.registry, kit.registry.find(ledger), ids, scope),
  'ledger.choices': ({ db, kit, scope }, input) => choices(db, kit.registry, input, kit.names, scope.unitIds),
  'search.find': ({ db, kit, session, veil, scope }, { text, limit }) =>
    findRecords(db, kit.registry, kit.labels(db), {
      text,
      limit,
      unitCode: session.unitCode,
      ledgers: scope.ledgers,
      wholes: wholesSeen(kit.registry, scope),
      clock: () => performance.now(),
      names: kit.names,
      veil,
    }),
  'ledger.save': (context, { ledger, id, baseVersion, record, origin, number }) => {
    const input = {
      record,
      ...(id ? { id } : {}),
      ...(baseVersion ? { baseVersion } : {}),
      ...(number === undefined ? {} : { number }),
    };
    const spec = context.kit.registry.find(ledger);
    refuseWithoutRight(context, spec);
    // What was masked must not be saved over what it masks.
    if (id && isVeiled(context.session) && isKnown(context.db, id)) throw new AppError('veiled', {});
    const before = id ? readRecord(context.db, spec, id) : null;
    if (before) refuseMasks(context.db, context.kit.registry, before, record as RecordContent);
    const change = saveRecord(context.write, spec, input);
    // A save sent again finds its record there, and the step taken.
    if (origin && change.before === null) takeOrigin(context, change, origin);
    const answer = saved(context, change);
    if (origin)
      context.note({ detail: { isNew: change.before === null, fields: change.changed, origin: origin.id } });
    return answer;
  },
  'ledger.act': (context, { id, action, baseVersion, record }) => {
    const before = findRecord(context.db, context.kit.registry, id);
    refuseWithoutRight(context, before.ledger);
    if (record) refuseMasks(context.db, context.kit.registry, before, record as RecordContent);
    const asked = { ...before, content: { ...before.content, ...record } as RecordContent };
    const change = actOnRecord(context.write, {
      record: before,
      action,
      ...(baseVersion ? { baseVersion } : {}),
      ...(record ? { values: record } : {}),
    });
    if (isFiled(before.ledger.workflow, change.record.state))
      Object.assign(change.warnings, stillDue(context, asked));
    const answer = saved(context, change);
    context.note({ detail: { action, fields: change.changed } });
    return answer;
  },
  'ledger.addMany': {
    async stage({ kit, db, session, progress }, { ledger, records }) {
      const spec = kit.registry.find(ledger);
      refuseWithoutRight({ session }, spec);
      const outside = {
        today: kit.today(),
        hasCode: kit.hasCode,
        hasRecord: (name: string, id: string) => kit.hasRecord(db, name, id),
      };
      for (const [index, record] of records.entries()) {
        const { problems } = checkRecord(spec, record, outside);
        const count = Object.keys(problems).length;
        if (count > 0) throw new AppError('record-invalid', { count }, { fields: atPlace(index, problems) });
        if (index % perStep === 0) {
          progress(index, records.length);
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      return spec;
    },
    commit(context, spec: LedgerSpec, { records }) {
      const warnings: FieldProblems = {};
      let named = 0;
      let warned = 0;
      for (const [index, record] of records.entries()) {
        const told = Object.entries(atPlace(index, saveOne(context, spec, index, record)));
        warned += told.length;
        for (const [path, problem] of told.slice(0, mostNamed - named)) warnings[path] = problem;
        named = Math.min(mostNamed, named + told.length);
      }
      context.changed(spec.name);
      context.note({
        ledger: spec.name,
        detail: { added: records.length, ...(warned > 0 ? { warned } : {}) },
      });
      return { added: records.length, ...(warned > 0 ? { warnings, warned } : {}) };
    },
  },
};
