import { isSameCode, paperCode } from '#core/security/signer.ts';
import type { LogFault, LogFile, LogFinding, LogNotice } from '#shared/api/audit-types.ts';
import { endOver } from './given-up.ts';
import { isGenuine } from './heads.ts';
import { isSealed, type Line, type LogFileEnd } from './log-file.ts';
import { type Fork, type Turn, type Walked, walk } from './log-walk.ts';

/** The end of a log as it was when it was checked here and found sound. */
export type KnownHead = {
  entry: number;
  hash: string;
  installation: string;
  forks: readonly Fork[];
  checkedAt: string;
  /** First entry of a file behind a gap, under a confirmed key: no fork before it was seen. Null: it joined on. */
  seenFrom: number | null;
};

/** What a log is held against besides itself. */
export type Beside = {
  /** The oldest first. */
  known: readonly KnownHead[];
  /** Fingerprints of the keys under which the unit's log is believed. */
  keys: { are: readonly string[]; isConfirmed: boolean };
  /** When another ledger of the same unit was checked last; null where there is none. */
  otherLedgerAt: string | null;
  /** Typed from a day sheet on paper. */
  paper: { entry: number; code: string } | null;
};

export type LogVerdict = {
  file: LogFile;
  /** SHA-256 of the whole file and hash of its last entry, in hexadecimal digits. */
  fileHash: string;
  lastHash: string;
  faults: LogFinding<LogFault>[];
  more: number;
  notices: LogFinding<LogNotice>[];
  /** Those that the log went through, as far as they are known. */
  forks: Fork[];
  /** Whether nothing is missing between it and what was known: it begins at the beginning, or at or before a known end. */
  isJoined: boolean;
  /** Hashes of the entries by their place in the file, 32 bytes each, where they were asked for. */
  hashes: Uint8Array | null;
};

const mostNamed = 20;

/** How the file ends: whether it is whole, and signed by the key it names. */
function endFaults({ header, end, digest, last, until, endsWell }: Walked): LogFinding<LogFault>[] {
  const faults: LogFinding<LogFault>[] = [];
  if (until < header.last) faults.push({ is: 'cut', entry: until + 1, to: header.last });
  if (!end) return [...faults, { is: 'unsigned' }];
  if (!isGenuine(header.ledgerId, end.head)) faults.push({ is: 'signature' });
  if (end.digest !== digest || !isSealed(end) || !endsWell) faults.push({ is: 'seal' });
  if (end.head.entry !== last?.entry || end.head.hash !== last.hash || header.last !== end.head.entry)
    faults.push({ is: 'head', entry: end.head.entry });
  return faults;
}

/** The forks in the file, and those of the same place that lie before the file. */
function forksOf({ header, forks: inFile }: Walked, known: readonly KnownHead[]): Fork[] {
  const forks = [...inFile];
  for (const { installation, forks: before } of known)
    if (installation === header.installation)
      for (const fork of before)
        if (fork.entry < header.first && !forks.some(({ hash }) => hash === fork.hash)) forks.push(fork);
  return forks.sort((one, other) => one.entry - other.entry);
}

/** Whether a known end lies behind the fork at which another place of the same ledger and this one parted. */
function isApart({ header }: Walked, forks: readonly Fork[], known: KnownHead): boolean {
  if (known.installation === header.installation) return false;
  const isIn = (list: readonly Fork[], { hash }: Fork) => list.some((one) => one.hash === hash);
  const parted = [
    ...forks.filter((fork) => !isIn(known.forks, fork)),
    ...known.forks.filter((fork) => !isIn(forks, fork)),
  ];
  return parted.some(({ entry }) => entry <= known.entry);
}

/** Whether a known end is one of the very log that is held against it. */
function speaksOf(walked: Walked, forks: readonly Fork[], known: KnownHead): boolean {
  if (known.seenFrom !== null && known.installation !== walked.header.installation) return false;
  return !isApart(walked, forks, known);
}

type Held = { faults: LogFinding<LogFault>[]; notices: LogFinding<LogNotice>[] };

/** The log against the ends that it had when it was checked before. */
function againstKnown(
  walked: Walked,
  known: readonly KnownHead[],
  forks: readonly Fork[],
): Held & { isMet: boolean } {
  const { header, at, turns, last } = walked;
  const faults: LogFinding<LogFault>[] = [];
  const notices: LogFinding<LogNotice>[] = [];
  const until = last?.entry ?? header.first - 1;
  let isMet = false;
  for (const one of known) {
    const { entry, hash, installation, checkedAt } = one;
    const here = entry === header.first - 1 ? header.previous : (at.get(entry) ?? null);
    // What was not seen before it may hold a fork: such an end joins nothing on, and speaks of its own place alone.
    const isBehindGap = one.seenFrom !== null;
    if (here === hash && !isBehindGap) isMet = true;
    if (here === hash || entry < header.first - 1) continue;
    if (isBehindGap && installation !== header.installation) continue;
    const turn = turns.find((turn) =>
      isTurn(turn, { entry, hash, isOther: installation !== header.installation }),
    );
    if (turn) {
      if (!isBehindGap) isMet = true;
      const is = turn.isBeside ? 'beside' : 'restored';
      const to = endOver(turn.ends, one)?.entry;
      const told = { is, entry: turn.entry, at: turn.at, ...(to ? { to } : {}) };
      if (!notices.some((one) => one.is === is && one.entry === turn.entry))
        notices.push(told as LogFinding<LogNotice>);
    } else if (isApart(walked, forks, one)) {
      if (!notices.some(({ is }) => is === 'otherPlace'))
        notices.push({ is: 'otherPlace', entry, at: checkedAt });
    } else if (here !== null) faults.push({ is: 'known', entry, at: checkedAt });
    else if (entry > header.total) faults.push({ is: 'shorter', entry, to: header.total, at: checkedAt });
    else if (entry > until) {
      // What the file says it held and holds no more is told as cut off.
      if (entry <= header.last) continue;
      if (!notices.some(({ is }) => is === 'notReached'))
        notices.push({ is: 'notReached', entry, to: until, at: checkedAt });
    } else faults.push({ is: 'known', entry, at: checkedAt });
  }
  return { faults, notices, isMet };
}

/** Whether the log itself says that what stood there gave way to a copy. */
function isTurn(
  turn: Turn,
  { entry, hash, isOther }: { entry: number; hash: string; isOther: boolean },
): boolean {
  if (turn.entry > entry) return false;
  if (turn.isBeside) return isOther;
  return endOver(turn.ends, { entry, hash }) !== null;
}

function againstPaper(
  { header, at, last }: Walked,
  paper: Beside['paper'],
  own: readonly LogFinding<LogFault>[],
): Held {
  if (!paper) return { faults: [], notices: [] };
  const { entry, code } = paper;
  const hash = entry === header.first - 1 ? header.previous : at.get(entry);
  if (hash === undefined) {
    if (entry > header.total) return { faults: [{ is: 'shorter', entry, to: header.total }], notices: [] };
    const isOutside = entry < header.first || entry > (last?.entry ?? 0);
    return isOutside
      ? { faults: [], notices: [{ is: 'paperOutside', entry }] }
      : { faults: [{ is: 'paper', entry }], notices: [] };
  }
  const isSame = isSameCode(paperCode(Buffer.from(hash, 'hex')), code);
  // Of an entry that cannot be read only the line is known, so that it may lie before any other.
  const isMixed = own.some((one) => one.is === 'unreadable' || (one.entry ?? Infinity) <= entry);
  return isSame
    ? { faults: [], notices: [{ is: isMixed ? 'paperMixed' : 'paperSame', entry }] }
    : { faults: [{ is: 'paper', entry }], notices: [] };
}

function keyNotices(end: LogFileEnd | null, { known, keys, otherLedgerAt }: Beside): LogFinding<LogNotice>[] {
  const notices: LogFinding<LogNotice>[] = [];
  if (known.length === 0)
    notices.push(otherLedgerAt === null ? { is: 'firstTime' } : { is: 'otherLedger', at: otherLedgerAt });
  if (!end) return notices;
  const { fingerprint } = end.head;
  const isOne = keys.are.includes(fingerprint);
  if (isOne && keys.isConfirmed) return notices;
  const isChanged = keys.are.length > 0 && !isOne;
  return [...notices, { is: isChanged ? 'keyChanged' : 'keyUnconfirmed', text: fingerprint }];
}

/** What nothing outside proves: entries before the file that nobody checked, and those since the last proof. */
function unproved(
  { header, last }: Walked,
  beside: Omit<Beside, 'keys'>,
  isPaperSame: boolean,
  isSoundItself: boolean,
): LogFinding<LogNotice>[] {
  const notices: LogFinding<LogNotice>[] = [];
  const until = last?.entry ?? header.first - 1;
  const before = beside.known
    .filter(({ entry }) => entry < header.first)
    .map(({ entry, seenFrom }) => ({ from: seenFrom ?? 1, to: entry }))
    .sort((one, other) => one.from - other.from);
  let open = 1;
  for (const { from, to } of [...before, { from: header.first, to: header.first }]) {
    if (from > open) notices.push({ is: 'uncovered', entry: open, to: from - 1 });
    open = Math.max(open, to + 1);
  }
  const proved = [
    ...beside.known.map(({ entry }) => entry),
    ...(isPaperSame && beside.paper ? [beside.paper.entry] : []),
  ].filter((entry) => entry <= until);
  const from = Math.max(header.first - 1, ...proved) + 1;
  // A file that speaks against itself proves nothing, and its signature least of all.
  if (from <= until && isSoundItself) notices.push({ is: 'fresh', entry: from, to: until });
  return notices;
}

/**
 * An exported log held against itself (chain, signature), against the ends it had before, and against paper. Null where
 * the lines are no log at all.
 */
export function checkLog(lines: Generator<Line>, beside: Beside, wantsHashes = false): LogVerdict | null {
  const { known, paper } = beside;
  const asked = new Set([...known.map(({ entry }) => entry), ...(paper ? [paper.entry] : [])]);
  const walked = walk(lines, asked, wantsHashes);
  if (!walked) return null;
  const { header, end, last } = walked;
  const own = [...walked.faults, ...endFaults(walked)];
  const forks = forksOf(walked, known);
  const held = againstKnown(walked, known, forks);
  const typed = againstPaper(walked, paper, own);
  const faults = [...own, ...held.faults, ...typed.faults];
  const isOther = known.length > 0 && known.every(({ installation }) => installation !== header.installation);
  const lastHash = last?.hash ?? header.previous;
  const { unit, unitCode, ledgerId, installation, machine, exportedAt, first, total } = header;
  return {
    file: {
      ...{ ledgerId, unit, unitCode, installation, machine, exportedAt, first, total },
      last: last?.entry ?? first,
      code: paperCode(Buffer.from(lastHash, 'hex')),
      fingerprint: end?.head.fingerprint ?? '',
      signedBy: end?.head.account ?? '',
    },
    fileHash: walked.fileHash,
    lastHash,
    faults: faults.slice(0, mostNamed),
    more: Math.max(0, faults.length - mostNamed),
    notices: [
      ...keyNotices(end, beside),
      ...(isOther ? [{ is: 'newInstallation' } as const] : []),
      ...held.notices,
      ...typed.notices,
      ...unproved(
        walked,
        { ...beside, known: known.filter((one) => speaksOf(walked, forks, one)) },
        typed.notices.some(({ is }) => is === 'paperSame'),
        own.length === 0,
      ),
    ],
    forks,
    isJoined: header.first === 1 || known.length === 0 || held.isMet,
    hashes: walked.hashes,
  };
}
