import path from 'node:path';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { addDays, asDay } from '#shared/domain/day.ts';
import { bareSaves } from './bare-save.ts';
import { measureCorrectionLists } from './correction-lists.ts';
import { account, type Caller, copyOf, envOf, openCore, type Place, password } from './data-set.ts';
import { median, quantile, type Result, result, timed } from './measure.ts';
import { rowsOf } from './saves.ts';

/** What a person has who has been under correction for ten years. */
const eventsOfOne = 100;
const turns = 20;
const queries = 60;

type Times = Record<
  'save' | 'bare' | 'contact' | 'list' | 'seen' | 'search' | 'related' | 'figures' | 'board',
  number
>;
/** An account of one unit alone, made in the copy that is measured. */
const limited = { account: '东坝所', password: 'qinghe-2025' };

/**
 * A ledger of cases and of community correction in halves, with one person who has a hundred leaves: a further leave of
 * that person (days of two months, overlaps, level) and the same rows written barely by turns, a plain event, the first
 * page of each register after a save, for everybody and for an account of one unit, a search by a name, what belongs to
 * that person over the registers, all figures of a year, the board.
 */
async function measure(folder: string, place: Place): Promise<Times> {
  const own = copyOf(folder, 'correction');
  const other = copyOf(folder, 'correction-bare');
  const key = await keyOf(own);
  const people = peopleOf(own, key);
  peopleOf(other, key);
  const core = openCore(envOf(own, place));
  await core.signIn();
  const [person = { id: '', title: '' }] = people;
  const save = (ledger: string, record: Record<string, unknown>) =>
    core.call('ledger.save', { ledger, record: { personId: person.id, ...record } });
  const began = asDay('2016-03-01');
  for (let at = 0; at < eventsOfOne; at++) await save('leave', leaveFrom(addDays(began, at * 20)));
  const after = addDays(began, eventsOfOne * 20);
  const { saved, bare } = await byTurns(own, other, key, (at) =>
    save('leave', leaveFrom(addDays(after, at * 20))),
  );
  const times: Times = {
    save: saved,
    bare,
    seen: 0,
    contact: await each(turns, () => save('contact', { kind: 'visit', happenedOn: '2025-06-16' })),
    related: 0,
    list: 0,
    search: 0,
    figures: 0,
    board: 0,
  };
  const lists: number[] = [];
  for (const ledger of registers) {
    const pages: number[] = [];
    for (let at = 0; at < 5; at++) {
      await save('contact', { kind: 'visit', happenedOn: '2025-06-16' });
      pages.push(await timed(() => core.call('ledger.list', { ledger })));
    }
    // One turn of another program is not the register's
    lists.push(median(pages));
  }
  times.list = Math.max(...lists);
  const searches: number[] = [];
  for (const { title } of people.slice(0, queries))
    searches.push(await timed(() => core.call('search.find', { text: title })));
  times.search = quantile(searches, 0.95);
  const afterSave = async (work: () => Promise<unknown>) => {
    const found: number[] = [];
    for (let at = 0; at < 5; at++) {
      await save('contact', { kind: 'visit', happenedOn: '2025-06-16' });
      found.push(await timed(work));
    }
    return median(found);
  };
  times.related = await afterSave(() => core.call('ledger.related', { id: person.id }));
  times.figures = await afterSave(() => core.call('indicator.list', { year: 2025 }));
  times.board = await afterSave(() => core.call('deadline.board', { on: '2025-06-16' }));
  await tell(core, person.id);
  times.seen = await seenByOne(core, () => save('contact', { kind: 'visit', happenedOn: '2025-06-16' }));
  await core.close();
  return times;
}

const registers = [
  ...['correction', 'evaluation', 'contact', 'leave', 'crossing'],
  ...['relocation', 'measure', 'positioning', 'absence', 'oversight'],
];

/** A save and the same rows by prepared statements in a copy of the same ledger, one after the other. */
async function byTurns(
  own: string,
  other: string,
  key: Uint8Array,
  save: (at: number) => Promise<{ id: string }>,
): Promise<{ saved: number; bare: number }> {
  const look = connect(path.join(own, names.ledger), { key, access: 'read' });
  const bare = bareSaves(path.join(other, names.ledger), key, 'correction_leave');
  const [times, bareTimes]: [number[], number[]] = [[], []];
  for (let at = 0; at < turns; at++) {
    let id = '';
    times.push(
      await timed(async () => {
        ({ id } = await save(at));
      }),
    );
    const text = look.value<string>(sql`select r.text from search_recent r join search_doc d on d.doc = r.doc
      where d.record_id = ${id}`);
    const rows = rowsOf(look, id, text ?? '', 'correction_leave');
    bareTimes.push(await timed(() => bare.save(rows)));
  }
  look.close();
  bare.close();
  return { saved: median(times), bare: median(bareTimes) };
}

/** The slowest first page of a register, after a save of another, for an account that sees one unit. */
async function seenByOne(core: Caller, save: () => Promise<unknown>): Promise<number> {
  const units = await core.call('units.tree', {});
  const station = units.find(({ level }) => level === 'station') ?? units[0];
  const { account: name, ...secret } = limited;
  const head = core.beside();
  await head.signIn({ account: 'head', password });
  await head.call('account.create', { name, ...secret, role: 'clerk', unitId: station?.id ?? '' });
  const asOne = core.beside();
  await asOne.signIn(limited);
  await asOne.call('session.changePassword', { password: limited.password, newPassword: password });
  const times: number[] = [];
  for (const ledger of registers) {
    await save();
    times.push(await timed(() => asOne.call('ledger.list', { ledger })));
  }
  return Math.max(...times);
}

const leaveFrom = (from: string) => ({
  ...{ appliedOn: addDays(asDay(from), -4), reason: 'medical', destination: '兰州市' },
  ...{ leaveFrom: from, leaveTo: addDays(asDay(from), 4) },
});

async function each(count: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) times.push(await timed(() => work(at)));
  return median(times);
}

async function keyOf(folder: string): Promise<Uint8Array> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  return key;
}

/** People who were there from the first year on and still are, the first of them for the events. */
function peopleOf(folder: string, key: Uint8Array): { id: string; title: string }[] {
  const db = connect(path.join(folder, names.ledger), { key });
  // The first was taken over early enough for all the leaves, and has not ended
  db.run(sql`update correction_person set ended_on = null, end_kind = null, received_on = '2016-01-20'
    where seq = (select min(seq) from correction_person where received_on is not null)`);
  const people = db.all<{ id: string; title: string }>(
    sql`select id, title from correction_person where received_on is not null order by seq limit ${queries}`,
  );
  db.close();
  return people;
}

/** What belongs to a person would come fast if there were nothing. */
async function tell(core: Caller, id: string): Promise<void> {
  const related = await core.call('ledger.related', { id });
  const total = related.reduce((sum, one) => sum + one.total, 0);
  if (total < eventsOfOne) throw new Error(`only ${total} records belong to the person`);
}

export async function measureCorrection(
  small: string,
  large: string,
  tenth: number,
  place: Place,
): Promise<Result[]> {
  const before = await measure(small, place);
  const now = await measure(large, place);
  const lists = await measureCorrectionLists(large, place);
  const line = (name: string, key: keyof Times, limit: number | null) =>
    result(`${name} (ms) / at ${tenth} records`, now[key], before[key], limit);
  return [
    result(
      `correction: a leave of somebody with ${eventsOfOne} leaves saved / the same rows barely (ratio)`,
      now.save,
      now.bare,
      2.5,
    ),
    line('correction: slowest first page for an account of one unit, after a save', 'seen', 20),
    line(`correction: a leave of somebody with ${eventsOfOne} leaves saved`, 'save', null),
    line('correction: a visit saved', 'contact', null),
    line('correction: what belongs to somebody, over the registers, after a save', 'related', 20),
    line('correction: slowest first page of a register after a save', 'list', 20),
    line('correction: search by a name, p95', 'search', 5),
    line('correction: all figures of a year after a save', 'figures', null),
    line('correction: board of deadlines after a save', 'board', 50),
    ...lists,
  ];
}
