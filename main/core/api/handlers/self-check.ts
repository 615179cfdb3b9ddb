import { lastEntry } from '#core/audit/chain.ts';
import { transfers } from '#core/audit/transfers.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { listAllBackups } from '#core/db/copies.ts';
import { secondPlace } from '#core/db/second-place.ts';
import { sql } from '#core/db/sql.ts';
import { allAccounts } from '#core/security/accounts.ts';
import { safetyDuties } from '#shared/api/rights.ts';
import type { TransferDirection } from '#shared/domain/transfers.ts';
import { selfCheckText as say } from '#shared/text/self-check.ts';
import type { QueryContext } from '../context.ts';
import { lastDrill } from '../drill-list.ts';
import { handUp } from '../hand-up.ts';

/** What a line of the self-check says: what is looked at, under which rule, and how it stands, as far as the ledger knows. */
export type SelfCheckItem = { what: string; basis: string; found: string };

const count = (db: ReadDb, question: ReturnType<typeof sql>) => db.value<number>(question) ?? 0;

/** How often something stands in the log of a year. */
const inLog = (db: ReadDb, action: string, year: number) =>
  count(
    db,
    sql`select count(*) from audit_entry where action = ${action}
      and at >= ${`${year - 1}-12-31T16:00:00.000Z`} and at < ${`${year}-12-31T16:00:00.000Z`}`,
  );

const mostTransfers = 10_000;

function transferFact(db: ReadDb, direction: TransferDirection, year: number): string {
  const range = { direction, from: `${year}-01-01`, to: `${year}-12-31`, limit: mostTransfers };
  const all = transfers(db, range, () => null);
  const open = all.filter(({ isUsual, note }) => !isUsual && !note);
  return say.transfers(all.length, open.length);
}

function accountFact(db: ReadDb): string {
  const used = allAccounts(db)
    .filter(({ isDisabled }) => !isDisabled)
    .map(({ duties, idleDuties }) => ({ duties: duties.filter((duty) => !idleDuties.includes(duty)) }));
  const holders = safetyDuties.map((duty) => used.filter(({ duties }) => duties.includes(duty)).length);
  return say.accounts(
    used.length,
    holders,
    used.some(({ duties }) => duties.length > 1),
  );
}

function copyFact(db: ReadDb, folder: string): string {
  const [newest] = listAllBackups(folder);
  const drill = lastDrill(db);
  return [
    newest ? say.copy(newest.madeAt) : say.noCopy,
    secondPlace(folder) ? say.second : say.noSecond,
    drill ? say.drill(drill.on, drill.isGood) : say.noDrill,
  ].join('');
}

function logFact(db: ReadDb, now: number): string {
  const head = db.get<{ entry: number; at: string }>(
    sql`select entry, at from audit_head order by seq desc limit 1`,
  );
  const toAbove = handUp(db, now);
  return (
    say.log(lastEntry(db)?.entry ?? 0, head ?? null) +
    (toAbove ? say.handUp(toAbove.last, toAbove.isDue) : '')
  );
}

function mediaFact(db: ReadDb, today: string): string {
  const states = Object.fromEntries(
    db
      .all<{ state: string; n: number }>(
        sql`select state, count(*) as n from storage_medium where state <> 'voided' group by state`,
      )
      .map(({ state, n }) => [state, n]),
  );
  const unchecked = count(
    db,
    sql`select count(*) from storage_medium m where state in ('active', 'inRepair')
      and not exists (select 1 from storage_medium_check c where c.record_seq = m.seq)`,
  );
  const late = count(db, sql`select count(*) from medium_loan where state = 'out' and due_on < ${today}`);
  return say.media(states, unchecked, late);
}

function incidentFact(db: ReadDb, year: number): string {
  const range = sql`discovered_on between ${`${year}-01-01`} and ${`${year}-12-31`}`;
  return say.incidents(
    count(db, sql`select count(*) from data_incident where state <> 'voided' and ${range}`),
    count(db, sql`select count(*) from data_incident where state = 'open'`),
  );
}

function assessmentFact(db: ReadDb, today: string): string {
  return say.assessments(
    count(db, sql`select count(*) from impact_assessment where state = 'approved'`),
    count(db, sql`select count(*) from impact_assessment where state = 'open'`),
    count(db, sql`select count(*) from impact_assessment where state = 'approved' and review_on < ${today}`),
  );
}

/** The yearly self-check (个人信息保护法 art. 54): each line with its rule, filled in where the ledger itself knows. */
export function selfCheckItems({ db, kit }: QueryContext, year: number): SelfCheckItem[] {
  const found: Partial<Record<keyof typeof say.items, string>> = {
    accounts: accountFact(db),
    locks: say.locks,
    masks: say.reveals(inLog(db, 'session.reveal', year), inLog(db, 'refused', year)),
    encryption: say.encryption,
    log: logFact(db, kit.env.now().getTime()),
    copies: copyFact(db, kit.folder()),
    exports: transferFact(db, 'out', year),
    imports: transferFact(db, 'in', year),
    media: mediaFact(db, kit.today()),
    incidents: incidentFact(db, year),
    assessments: assessmentFact(db, kit.today()),
    network: say.network,
  };
  return (Object.keys(say.items) as (keyof typeof say.items)[]).map((key) => {
    const [what, basis] = say.items[key];
    return { what, basis, found: found[key] ?? '' };
  });
}
