import path from 'node:path';
import Database from 'better-sqlite3';
import { names } from '#core/db/folder.ts';
import { createNameReader } from '#core/ledgers/name-reader.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { foldForSearch, matchFor, soughtIn } from '#shared/domain/search-text.ts';
import { account, copyOf, envOf, openCore, type Place, password } from './data-set.ts';
import { median, quantile, type Result, result, timed as wallTime } from './measure.ts';

export type SearchTimes = { kind: string; ms: number; bareMs: number; hits: number }[];

const samples = 300;
const perKind = 100;
const turns = 3;

/**
 * Each kind of query by itself, through the dispatcher, by turns with the bare one on the same ledger. Of a query the
 * median of its turns counts, so that what else the machine does falls out; the p95 is over the queries of a kind.
 */
export async function measureSearch(folder: string, place: Place, timed = wallTime): Promise<SearchTimes> {
  const own = copyOf(folder, 'search');
  const kinds = queriesFrom(await someTexts(own, place));
  const core = openCore(envOf(own, place));
  await core.signIn();
  const bare = await bareSearch(own);
  const times: SearchTimes = [];
  for (const [kind, texts] of kinds) {
    const found: number[] = [];
    const baseline: number[] = [];
    let hits = 0;
    for (const text of texts) {
      const own: number[] = [];
      const other: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        own.push(await timed(() => core.call('search.find', { text })));
        other.push(await timed(() => bare.find(text)));
      }
      hits += (await core.call('search.find', { text })).hits.length;
      found.push(median(own));
      baseline.push(median(other));
    }
    times.push({
      kind,
      ms: quantile(found, 0.95),
      bareMs: quantile(baseline, 0.95),
      hits: Math.round(hits / texts.length),
    });
  }
  bare.close();
  await core.close();
  return times;
}

/** The bars: 5 ms up to 300,000 cases, 15 ms up to 1,000,000. */
const barFor = (records: number) => (records <= 300_000 ? 5 : 15);

export function searchResults(
  now: SearchTimes,
  before: SearchTimes,
  records: number,
  tenth: number,
): Result[] {
  return now.flatMap(({ kind, ms, bareMs, hits }) => {
    const small = before.find((one) => one.kind === kind)?.ms ?? null;
    const name = `search, ${kind}, ${hits} hits, p95 (ms)`;
    return [
      result(`${name} / bare MATCH and join`, ms, bareMs, barFor(records)),
      result(`${name} / at ${tenth} records (growth)`, ms, small, null),
    ];
  });
}

/** The baseline: the same MATCH and count by prepared statements, joined with case and party; nothing looked at. */
async function bareSearch(folder: string): Promise<{ find(text: string): unknown; close(): void }> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const db = new Database(path.join(folder, names.ledger));
  db.pragma("cipher='aegis'");
  (db as unknown as { key(key: Buffer): number }).key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
  db.pragma('cache_size=-16384');
  db.pragma('query_only=ON');
  const found = db.prepare(`select d.record_id, c.case_no, c.accepted_on, p.name from
      (select rowid as doc from search where search match ? order by rowid desc limit 50) h
    join search_doc d on d.doc = h.doc left join mediation_case c on c.id = d.record_id
    left join mediation_party p on p.record_seq = c.seq and p.ordinal = 0 order by h.doc desc`);
  const count = db.prepare('select count(*) from (select 1 from search where search match ? limit 1001)');
  return {
    find(text) {
      const query = matchFor(soughtIn(text));
      return [found.all(query), count.get(query)];
    },
    close: () => void db.close(),
  };
}

type Texts = { names: string[]; summaries: string[]; numbers: string[] };

/** Cases from all over the years, read whole; the searches are those of somebody who sees them masked. */
async function someTexts(folder: string, place: Place): Promise<Texts> {
  const texts: Texts = { names: [], summaries: [], numbers: [] };
  const core = openCore(envOf(folder, place));
  await core.signIn();
  await core.call('session.reveal', { reason: 'bench' });
  const { total } = await core.call('ledger.list', { ledger: 'mediation', limit: 1 });
  for (let part = 0; part < samples; part++) {
    const offset = Math.floor((total * part) / samples);
    const { rows } = await core.call('ledger.list', { ledger: 'mediation', offset, limit: 1 });
    const { record } = await core.call('ledger.get', { id: rows[0]?.id ?? '' });
    texts.summaries.push(foldForSearch(String(record.summary)).replaceAll(' ', '，'));
    for (const party of record.parties as Record<string, unknown>[]) {
      if (party.type !== 'natural') continue;
      texts.names.push(String(party.name));
      for (const number of [party.idNumber, party.phone]) if (number) texts.numbers.push(String(number));
    }
  }
  await core.close();
  return texts;
}

const { readings } = createNameReader();
const initialsOf = (name: string) => readings(name)[0] ?? '';
const written = /^\p{Script=Han}+$/u;

/** The queries of each kind; frequent and rare ones by how many of the cases looked at hold them. */
function queriesFrom({ names: persons, summaries, numbers }: Texts): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  const put = (kind: string, texts: string[]) => {
    const queries = [...new Set(texts)].filter((text) => text !== '').slice(0, perKind);
    if (queries.length > 0) kinds.set(kind, queries);
  };
  const frequent = new Map<number, string[]>();
  for (const size of [1, 2, 3, 4]) {
    const often = byFrequency(summaries, size);
    const most = often.slice(0, 30);
    frequent.set(size, most);
    put(`${size} characters, frequent`, most);
    put(`${size} characters, rare`, often.slice(-perKind));
  }
  const pairs = frequent.get(2) ?? [];
  put(
    'surname',
    persons.map((name) => name.slice(0, 1)),
  );
  put('name', persons);
  put(
    '4 digits in a number',
    numbers.map((number) => middle(number, 4)),
  );
  put(
    '6 digits in a number',
    numbers.map((number) => middle(number, 6)),
  );
  put(
    'identity number',
    numbers.filter(({ length }) => length === 18),
  );
  for (const size of [1, 2, 3]) {
    put(
      `${size} initials`,
      persons.map((name) => initialsOf(name).slice(0, size)),
    );
  }
  put(
    'two words, frequent',
    pairs.map((pair, at) => `${pair} ${pairs[(at + 7) % pairs.length]}`),
  );
  put(
    'two words, a character',
    pairs.map((pair, at) => `${pair} ${frequent.get(1)?.[at] ?? ''}`),
  );
  put(
    'two words, name and matter',
    persons.map((name, at) => `${name} ${pairs[at % pairs.length]}`),
  );
  put(
    'two words, initials and matter',
    persons.map((name, at) => `${initialsOf(name)} ${pairs[at % pairs.length]}`),
  );
  put('frequent pairs side by side nowhere', absent(summaries, pairs));
  return kinds;
}

const middle = (number: string, size: number) => {
  const from = Math.floor((number.length - size) / 2);
  return number.slice(from, from + size);
};

function byFrequency(texts: readonly string[], size: number): string[] {
  const times = new Map<string, number>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (let at = 0; at + size <= text.length; at++) seen.add(text.slice(at, at + size));
    for (const one of seen) if (written.test(one)) times.set(one, (times.get(one) ?? 0) + 1);
  }
  return [...times].sort((one, other) => other[1] - one[1]).map(([text]) => text);
}

/** AB and BC often, ABC never: what a phrase of pairs is slowest at. */
function absent(texts: readonly string[], pairs: readonly string[]): string[] {
  const found: string[] = [];
  for (const one of pairs) {
    for (const other of pairs) {
      const phrase = one + other.slice(1);
      if (one !== other && one.endsWith(other.slice(0, 1)) && !texts.some((text) => text.includes(phrase)))
        found.push(phrase);
    }
  }
  return found;
}
