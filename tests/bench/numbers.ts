import path from 'node:path';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { readerCacheMb } from '#core/db/open.ts';
import { sql } from '#core/db/sql.ts';
import { anotherWithNumber } from '#core/ledgers/same-number.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { account, copyOf, type Place, password } from './data-set.ts';
import { median, quantile, type Result, result, timed } from './measure.ts';

const asked = 200;
const turns = 3;
const field = 'agreementNo';

type Numbered = { id: string; number: string };
export type NumberTimes = { own: number; strange: number };

/**
 * p95 of looking whether another case has an agreement number: that of the case itself, which every form's check asks
 * for, and one of the same shape that no case has.
 */
export async function measureNumbers(folder: string, _place: Place): Promise<NumberTimes> {
  const own = copyOf(folder, 'numbers');
  const file = readKeyFile(own);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const db = connect(path.join(own, names.ledger), { key, access: 'read', cacheMb: readerCacheMb });
  const all = db.all<Numbered>(
    sql`select id, agreement_no as number from mediation_case where agreement_no is not null order by seq`,
  );
  const some = Array.from(
    { length: asked },
    (_, at) => all[Math.floor((at * all.length) / asked)] as Numbered,
  );
  const measure = async (look: (one: Numbered, at: number) => string | null, isFound: boolean) => {
    const times: number[] = [];
    for (const [at, one] of some.entries()) {
      const ofOne: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        ofOne.push(
          await timed(() => {
            if ((look(one, at) !== null) !== isFound)
              throw new Error('another number was found than there is');
          }),
        );
      }
      times.push(median(ofOne));
    }
    return quantile(times, 0.95);
  };
  const called = (own: string | null, number: string) =>
    anotherWithNumber(db, mediation, own, field, number)?.called ?? null;
  // Without its own case, each is found.
  await measure(({ number }) => called(null, number), true);
  const times = {
    own: await measure(({ id, number }) => called(id, number), false),
    strange: await measure(
      ({ number }, at) => called(null, number.replace(/\d+(?=号)/, `9${80000 + at}`)),
      false,
    ),
  };
  db.close();
  return times;
}

export function numberResults(now: NumberTimes, before: NumberTimes, tenth: number): Result[] {
  const beside = `at ${tenth} records`;
  return [
    result(`agreement number, that of the case itself, p95 (ms) / ${beside}`, now.own, before.own, 50),
    result(`agreement number that no case has, p95 (ms) / ${beside}`, now.strange, before.strange, 50),
  ];
}
