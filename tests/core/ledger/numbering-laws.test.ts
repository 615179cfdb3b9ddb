// No number twice, none reused, whatever two installations do: saves, paper, blocks, restores, power cuts, clocks.
import { expect, test } from 'vitest';
import { caseNumberKey } from '#shared/domain/case-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

const cases = process.env.JUDICIAL_FULL ? 10_000 : 500;
const seed = Number(process.env.JUDICIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const ledger = 'mediation';

/** Mulberry32: the same numbers for the same seed. */
function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const patterns = [
  '（{year}）{prefix}人调字第{n}号',
  '{prefix}人调字[{year}]{n:3}号',
  '{prefix}人调〔{year}〕{n}号',
  '（{year}）东坝人调字第{n}号',
  '{prefix}{year}第{n}',
  '{prefix}{n}第{year}',
];

type Place = {
  program: Program;
  name: string;
  backups: string[];
  /** Numbers reserved here that nobody has used or returned yet. */
  paper: Map<string, { year: number; by: string | undefined }>;
};

test(`no number twice in ${cases} cases over two installations (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  console.log(`numbering: ${cases} cases, seed ${seed}`);
  const random = randomOf(seed);
  const below = (most: number) => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];

  /** Every number ever seen on a case or on paper, with what it is on. */
  const seen = new Map<string, string>();
  const stand = (text: string, on: string) => {
    const key = caseNumberKey(text);
    const before = seen.get(key);
    if (before !== undefined && before !== on)
      throw new Error(`${text} is on ${before} and on ${on} (seed ${seed})`);
    seen.set(key, on);
  };

  const first = await aProgram();
  first.clock.now = new Date('2026-06-30T02:00:00Z');
  const committees: (string | undefined)[] = [undefined];
  for (const shortName of ['红光', '红光', '西坝', '']) {
    const record = { name: `${shortName}调委会`, kind: 'village', establishedOn: '2020-01-01', shortName };
    committees.push((await first.call('ledger.save', { ledger: 'committee', record })).id);
  }
  const early = await first.call('number.reserve', { ledger, year: 2025, count: 3 });
  const { name: earliest } = await first.call('system.backup', {});
  const second = await aProgram({ from: first.folder, beside: true });
  second.clock.now = new Date('2025-06-30T02:00:00Z');
  const places: Place[] = [
    {
      program: first,
      name: 'first',
      backups: [earliest],
      paper: new Map(early.numbers.map((number) => [number, { year: 2025, by: undefined }])),
    },
    { program: second, name: 'second', backups: [earliest], paper: new Map() },
  ];
  const [owner, other] = places as [Place, Place];
  for (const number of early.numbers) stand(number, `paper ${number}`);
  const codes: string[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  /** A day that is over by this installation's clock. */
  const someDay = ({ program }: Place) => {
    const latest = program.clock.now.getUTCFullYear();
    return `${Math.max(2023, latest - below(3))}-01-01`;
  };
  const aCase = (place: Place) => {
    const committeeId = pick(committees);
    return aMediation()
      .accepted(someDay(place))
      .with(committeeId === undefined ? {} : { committeeId });
  };

  async function save(place: Place): Promise<void> {
    const { id, record } = await place.program.save(aCase(place));
    if (typeof record.caseNo !== 'string') return count('waiting');
    stand(record.caseNo, `case ${id}`);
    count('numbered');
  }

  /** With the papers of either place: only one's own may be taken, and only for the right year and committee. */
  async function key(place: Place): Promise<void> {
    const [number, kind] = pick([...owner.paper, ...other.paper]) ?? [];
    if (number === undefined || kind === undefined) return;
    const isFitting = random() < 0.7 && kind.year <= place.program.clock.now.getUTCFullYear();
    const fitting = aMediation()
      .accepted(`${kind.year}-01-01`)
      .with({ committeeId: kind.by ?? null });
    const record = (isFitting ? fitting : aCase(place)).record();
    const answer = await place.program.ask('ledger.save', { ledger, record, number });
    if (!answer.ok) {
      const problem = answer.error.fields?.caseNo?.problem ?? answer.error.code;
      const reasons = ['number-other-year', 'number-other-prefix'];
      // Of another's reservation this place knows nothing, or that it is another's.
      if (!place.paper.has(number)) reasons.push('number-elsewhere', 'number-unknown');
      expect(reasons, number).toContain(problem);
      return count(problem);
    }
    expect(place.paper.has(number), `${number} at ${place.name} (seed ${seed})`).toBe(true);
    const saved = answer.value as { id: string; record: { caseNo: string } };
    expect(saved.record.caseNo).toBe(number);
    seen.set(caseNumberKey(number), `case ${saved.id}`);
    place.paper.delete(number);
    count('keyed');
  }

  /** A number that is on a case already, here or taken away by a restore, is never taken again. */
  async function keyAgain(place: Place): Promise<void> {
    const used = pick([...seen].filter(([, on]) => !on.startsWith('paper ')));
    if (!used) return;
    const answer = await place.program.ask('ledger.save', {
      ledger,
      record: aCase(place).record(),
      number: used[0],
    });
    expect(answer.ok, `${used[0]} again at ${place.name} (seed ${seed})`).toBe(false);
    count('refused again');
  }

  async function reserve(place: Place): Promise<void> {
    const by = pick(committees);
    const input = { ledger, year: 2023 + below(4), count: 1 + below(4), ...(by === undefined ? {} : { by }) };
    const answer = await place.program.ask('number.reserve', input);
    if (!answer.ok) {
      expect(answer.error.code).toBe('number-no-block');
      return;
    }
    for (const number of (answer.value as { numbers: string[] }).numbers) {
      stand(number, `paper ${number}`);
      place.paper.set(number, { year: input.year, by });
    }
    count('reserved');
  }

  async function giveBack(place: Place): Promise<void> {
    const number = pick([...place.paper.keys()]);
    if (number === undefined) return;
    await place.program.call('number.return', { ledger, number, reason: '写坏' });
    seen.set(caseNumberKey(number), `returned ${number}`);
    place.paper.delete(number);
    count('returned');
  }

  async function grant(): Promise<void> {
    const { installation } = await other.program.call('number.settings', { ledger });
    const by = pick(committees);
    const input = {
      ledger,
      year: 2023 + below(3),
      count: 1 + below(12),
      installation,
      ...(by === undefined ? {} : { by }),
    };
    codes.push((await owner.program.call('number.grant', input)).code);
    count('granted');
  }

  /** Late, in any order, more than once. */
  async function receive(): Promise<void> {
    const code = pick(codes);
    if (code === undefined) return;
    await other.program.call('number.receive', { code });
    count('received');
    await other.program.call('number.assign', { ledger });
    const { rows } = await other.program.call('ledger.list', { ledger, limit: 1000 });
    for (const row of rows) if (typeof row.caseNo === 'string') stand(row.caseNo, `case ${row.id}`);
  }

  async function restore(place: Place): Promise<void> {
    const backup = pick(place.backups);
    if (backup === undefined) return;
    await place.program.call('program.restore', { backup });
    await place.program.signInAgain();
    count('restored');
  }

  async function cutPower(place: Place): Promise<void> {
    const { clock } = place.program;
    const next = await aProgram({ from: place.program.folder });
    await place.program.close();
    next.clock.now = clock.now;
    place.program = next;
    count('power cuts');
  }

  async function copy({ program, backups }: Place): Promise<void> {
    // A copy's name has its second.
    program.clock.now = new Date(program.clock.now.getTime() + 1000 + below(10_000));
    const { name } = await program.call('system.backup', {});
    if (!backups.includes(name)) backups.push(name);
    // Copies are given up by age; those that are left can be gone back to.
    const left = (await program.call('system.backups', {})).map((one) => one.name);
    backups.splice(0, backups.length, ...backups.filter((one) => left.includes(one)));
  }

  const jump = ({ program }: Place) => {
    program.clock.now = new Date(
      Date.UTC(2023 + below(5), below(12), 1 + below(28), 2, below(60), below(60)),
    );
    count('clock jumps');
  };
  const change = async () => {
    await owner.program.call('number.change', { ledger, pattern: pick(patterns) ?? '' });
    count('patterns');
  };
  const rename = () =>
    owner.program.call('number.change', { ledger, prefix: pick(['东坝', '东坝镇', '']) ?? '' });

  const rare: [number, (place: Place) => unknown][] = [
    [8, key],
    [3, keyAgain],
    [4, reserve],
    [2, giveBack],
    [3, grant],
    [4, receive],
    [2, copy],
    [1, restore],
    [1, cutPower],
    [3, jump],
    [1, change],
    [1, rename],
  ];
  const wheel = rare.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));

  while ((counts.numbered ?? 0) + (counts.keyed ?? 0) < cases) {
    const place = random() < 0.6 ? owner : other;
    if (random() < 0.6) await save(place);
    else await pick(wheel)?.(place);
  }
  // A short run may never have drawn one.
  if (!counts['power cuts']) await cutPower(owner);
  if (!counts.restored) {
    await copy(owner);
    await restore(owner);
  }
  console.log(JSON.stringify(counts));
  // Every kind of thing happened, so that the law was put to the test.
  for (const what of [
    'numbered',
    'waiting',
    'keyed',
    'reserved',
    'received',
    'restored',
    'power cuts',
    'clock jumps',
  ])
    expect(counts[what] ?? 0, what).toBeGreaterThan(0);
  for (const { program } of places) {
    // A case of next year, by a clock that went back, is no fault of its number.
    program.clock.now = new Date('2028-12-31T02:00:00Z');
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
    await program.close();
  }
});
