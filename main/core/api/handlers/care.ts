import type { ReadDb } from '#core/db/connection.ts';
import { fileOfCopy, listAllBackups, newestAt } from '#core/db/copies.ts';
import { secondPlace, setSecondPlace } from '#core/db/second-place.ts';
import { asideState, dropAside } from '#core/db/set-aside.ts';
import { sql } from '#core/db/sql.ts';
import { listHtml } from '#core/documents/list-html.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import type {
  CopyPlace,
  CopyPlaces,
  Drill,
  ListedBackup,
  RepairedRecord,
  RepairReport,
} from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { asDay, dayInChina, daysBetween } from '#shared/domain/day.ts';
import { maskNames } from '#shared/domain/masking.ts';
import { hasVeiledHeadline } from '#shared/ledgers/veil.ts';
import { repairSheet, repairText } from '#shared/text/repair.ts';
import type { HandlersOf, Job, JobContext, Kit } from '../context.ts';
import { clearDrill, type DrillFound, type DrillInput, drillSteps } from '../drill.ts';
import { drillsOf, lastGoodDrill } from '../drill-list.ts';
import { countsOf } from '../repair.ts';

/** A drill is a month's duty (product: goal "Restore"). */
const drillDays = 31;
/** No copy of this program is older; a year typed wrongly is met by it. */
const firstDrillDay = '2020-01-01';

function places(folder: string): CopyPlaces {
  return { second: secondPlace(folder), oldest: listAllBackups(folder).at(-1)?.madeAt ?? null };
}

/** The copy that was named, or the newest of those that are listed. Throws `backup-none`, `file-missing`, `second-place-none`, `second-place-absent`. */
function chosen(folder: string, name: string | undefined, place: CopyPlace | undefined): ListedBackup {
  const all = listAllBackups(folder).filter((copy) => place === undefined || copy.place === place);
  const copy = name === undefined ? all[0] : all.find((one) => one.name === name);
  if (copy) return copy;
  const second = place === 'second' ? secondPlace(folder) : null;
  if (place === 'second' && !second) throw new AppError('second-place-none', {});
  if (second && !second.isThere) throw new AppError('second-place-absent', { place: second.folder });
  throw name === undefined ? new AppError('backup-none', {}) : new AppError('file-missing', { file: name });
}

type Tried = Omit<Drill, 'at' | 'account'>;

async function drill(context: JobContext, input: InputOf<'system.drill'>): Promise<Tried> {
  const { kit, key, progress } = context;
  const folder = kit.folder();
  const copy = chosen(folder, input.backup, input.place);
  const file = fileOfCopy(folder, copy);
  const nativeBinding = kit.env.nativeBinding ?? null;
  const began = performance.now();
  const found: Required<DrillFound> = { fault: null, records: 0, isCompared: false, hasAttachment: false };
  try {
    for (const [at, step] of drillSteps.entries()) {
      progress(at, drillSteps.length);
      const order: DrillInput = { step, folder, file, key, nativeBinding };
      Object.assign(found, await kit.env.helper('backup.drill', order));
      if (found.fault !== null) break;
    }
  } finally {
    clearDrill(folder);
  }
  const seconds = Math.ceil((performance.now() - began) / 1000);
  return { copy: copy.name, place: copy.place, seconds, ...found };
}

/** Due 31 days after the last good one, or after the ledger was begun. */
function isDrillDue(db: ReadDb, kit: Kit): boolean {
  const began = db.value<string>(sql`select at from audit_entry where seq = 1`) ?? kit.at();
  const since = lastGoodDrill(db) ?? dayInChina(Date.parse(began));
  // One that is still to come was made under a clock that went ahead, or that has been set back since.
  return Math.abs(daysBetween(since, asDay(kit.today()))) > drillDays;
}

/** Of both places: a copy on the stick is one too. */
const asideNow = (kit: Kit) =>
  asideState(kit.folder(), newestAt(listAllBackups(kit.folder()), kit.at())?.madeAt ?? null);

export const careHandlers = {
  'system.backups': ({ kit }) => listAllBackups(kit.folder()),
  'system.places': ({ kit }) => places(kit.folder()),
  'system.setSecondPlace'({ db, kit, files, note, outcome }, { folder: grant }) {
    const folder = kit.folder();
    const place =
      grant === null
        ? null
        : { at: files.path(grant), unit: ownUnit(db).name, ledgerId: readSetting(db, 'ledgerId') ?? '' };
    const { keep, takeBack } = setSecondPlace(folder, place, kit.env.now());
    outcome.whenDone(keep);
    outcome.whenUndone(takeBack);
    note({ detail: { kind: place === null ? 'none' : 'folder' } });
    return places(folder);
  },
  'system.aside': ({ kit }) => asideNow(kit),
  'system.dropAside'({ kit, note, outcome }, { names }) {
    const { entries, neededFor, others } = asideNow(kit);
    if (neededFor !== null) throw new AppError('aside-needed', { why: neededFor });
    const unknown = names.find((name) => !entries.some((one) => one.name === name));
    if (unknown !== undefined) throw new AppError('file-missing', { file: unknown });
    note({ detail: { aside: [...names] } });
    // Only once the log has it.
    outcome.whenDone(() => dropAside(kit.folder(), names));
    return { entries: entries.filter(({ name }) => !names.includes(name)), others, neededFor };
  },
  'system.drill': {
    stage: drill,
    commit({ db, write, session, note }, tried) {
      const { copy, place, seconds, records, fault, isCompared, hasAttachment } = tried;
      db.run(sql`insert into restore_drill
          (at, account, copy, place, seconds, records, fault, is_compared, has_attachment)
        values (${write.at}, ${session.account}, ${copy}, ${place}, ${seconds}, ${records}, ${fault},
          ${Number(isCompared)}, ${Number(hasAttachment)})`);
      note({ detail: { file: copy, records, result: fault ?? 'ok' } });
      return { at: write.at, account: session.account, ...tried };
    },
  } satisfies Job<InputOf<'system.drill'>, Tried, Drill>,
  'system.enterDrill'({ db, kit, write, session, note }, { on, by, copy, machine, minutes, fault }) {
    if (on > kit.today() || on < firstDrillDay)
      throw new AppError('drill-day', { day: on, earliest: firstDrillDay });
    db.run(sql`insert into hand_drill (at, account, done_on, done_by, copy, machine, minutes, fault)
      values (${write.at}, ${session.account}, ${on}, ${by}, ${copy}, ${machine}, ${minutes}, ${fault ?? null})`);
    note({
      detail: {
        on,
        drilledBy: by,
        backup: copy,
        drilledAt: machine,
        minutes,
        ...(fault === undefined ? {} : { fault }),
      },
    });
    return { drills: drillsOf(db), isDue: isDrillDue(db, kit) };
  },
  'system.drills': ({ db, kit }) => ({ drills: drillsOf(db), isDue: isDrillDue(db, kit) }),
  'system.repairs': ({ db }) =>
    reportsOf(db).map(({ id, at, account, report }) => ({ id, at, account, ...countsOf(report) })),
  'system.repairPage'({ db, kit, note, veil }, { id }) {
    const found = reportsOf(db).find((one) => one.id === id);
    if (!found) throw new AppError('record-missing', { id: String(id) });
    // Of what was lost there is no record to ask: its title is masked as a title of its register is.
    const masked = (one: RepairedRecord) =>
      veil && one.title !== null && hasVeiledHeadline(kit.registry.find(one.ledger))
        ? { ...one, title: maskNames(one.title) }
        : one;
    const report = { ...found.report, found: found.report.found.map(masked) };
    const { title, facts, columns, rows } = repairSheet(report, {
      unit: ownUnit(db).name,
      at: found.at,
      account: found.account,
      titleOf: (name) => kit.registry.all.find((ledger) => ledger.name === name)?.title ?? name,
    });
    note({ detail: { rows: rows.length } });
    const html = listHtml({ title, facts, columns, rows, empty: repairText.nothing }, repairText.order);
    return { html, title, rows: rows.length };
  },
} satisfies HandlersOf<
  | 'system.backups'
  | 'system.places'
  | 'system.aside'
  | 'system.dropAside'
  | 'system.setSecondPlace'
  | 'system.drill'
  | 'system.enterDrill'
  | 'system.drills'
  | 'system.repairs'
  | 'system.repairPage'
>;

function reportsOf(db: ReadDb): { id: number; at: string; account: string; report: RepairReport }[] {
  return db
    .all<{ id: number; at: string; account: string; content: string }>(
      sql`select seq as id, at, account, content from repair_report order by seq desc`,
    )
    .map(({ content, ...rest }) => ({ ...rest, report: JSON.parse(content) as RepairReport }));
}
