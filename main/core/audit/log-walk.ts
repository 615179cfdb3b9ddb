import type { LogFault, LogFinding } from '#shared/api/audit-types.ts';
import { chainStart, entryHash, firstAction, type HashedEntry } from './chain.ts';
import { endsNamed, type LogEnd } from './given-up.ts';
import {
  endFrom,
  headerFrom,
  type Line,
  type LogFileEnd,
  type LogFileHeader,
  type LogFileLine,
  lineFrom,
  newDigest,
} from './log-file.ts';

/** The first entry that another installation made than the entry before it: from here on a copy may go its own way. */
export type Fork = { entry: number; hash: string };

const hashedOf = (line: LogFileLine): HashedEntry => ({
  seq: line.entry,
  at: line.at,
  account: line.account,
  action: line.action,
  ledger: line.ledger,
  record_id: line.recordId,
  version: line.version,
  detail: line.detail,
  installation: line.installation,
  machine: line.machine,
});

/** Entries that say that the log goes on from a copy. */
export type Turn = {
  entry: number;
  at: string;
  /** Ends of the logs that gave way to it. */
  ends: readonly LogEnd[];
  isBeside: boolean;
};

export type Walked = {
  header: LogFileHeader;
  end: LogFileEnd | null;
  /** Of the bytes before the last line, and of all; whether the last line has its end. */
  digest: string;
  fileHash: string;
  endsWell: boolean;
  /** Number and hash of the last entry that could be read. */
  last: { entry: number; hash: string } | null;
  /** As far as nothing is cut off. */
  until: number;
  turns: Turn[];
  forks: Fork[];
  /** Hashes at the numbers that were asked for. */
  at: Map<number, string>;
  faults: LogFinding<LogFault>[];
  hashes: Uint8Array | null;
};

/** Goes along the lines, once. Null where the first is not that of a log. */
export function walk(
  lines: Generator<Line>,
  asked: ReadonlySet<number>,
  wantsHashes: boolean,
): Walked | null {
  const first = lines.next();
  const header = first.done ? null : headerFrom(first.value.text);
  if (!header) return null;
  const faults: LogFinding<LogFault>[] = [];
  const turns: Turn[] = [];
  const forks: Fork[] = [];
  let installation: string | null | undefined;
  const at = new Map<number, string>();
  const hashes: Buffer[] = [];
  let previous: Buffer | null = Buffer.from(header.previous, 'hex');
  let expected = header.first;
  let last: Walked['last'] = null;
  const numbers: number[] = [];
  let number = 1;
  let waiting = lines.next();
  let end: LogFileEnd | null = null;
  const digest = newDigest().update(first.value.bytes);
  const whole = digest.copy();
  let endsWell = first.value.bytes.at(-1) === 10;
  if (header.first === 1 && !previous.equals(chainStart)) faults.push({ is: 'start', entry: 1 });
  while (!waiting.done) {
    const { text, bytes } = waiting.value;
    number += 1;
    whole.update(bytes);
    endsWell = bytes.at(-1) === 10;
    waiting = lines.next();
    if (waiting.done) {
      end = endFrom(text);
      if (end) break;
    }
    digest.update(bytes);
    const line = lineFrom(text);
    if (!line) {
      faults.push({ is: 'unreadable', entry: number });
      previous = null;
      expected += 1;
      continue;
    }
    numbers.push(line.entry);
    if (line.entry > expected) faults.push({ is: 'missing', entry: expected, to: line.entry - 1 });
    if (line.entry < expected) faults.push({ is: 'order', entry: line.entry });
    if (line.entry !== expected) previous = null;
    else if (previous && entryHash(previous, hashedOf(line)).toString('hex') !== line.hash)
      faults.push({ is: 'changed', entry: line.entry });
    if (line.entry === 1 && line.action !== firstAction) faults.push({ is: 'start', entry: 1 });
    previous = Buffer.from(line.hash, 'hex');
    expected = line.entry + 1;
    last = { entry: line.entry, hash: line.hash };
    if (asked.has(line.entry)) at.set(line.entry, line.hash);
    if (wantsHashes) hashes.push(previous);
    if (installation !== undefined && installation !== line.installation)
      forks.push({ entry: line.entry, hash: line.hash });
    installation = line.installation;
    const turn = turnOf(line);
    if (turn) turns.push(turn);
  }
  // Out of their order, entries are not missing where the numbers jump, but where a number stands nowhere.
  const isMixed = faults.some(({ is }) => is === 'order');
  const isAsLong = isMixed && numbers.length > header.last - header.first;
  const until = isAsLong ? header.last : numbers.reduce((most, one) => Math.max(most, one), header.first - 1);
  return {
    header,
    end,
    digest: digest.digest('hex'),
    fileHash: whole.digest('hex'),
    endsWell,
    last,
    until,
    turns,
    forks,
    at,
    faults: isMixed
      ? [...gaps(numbers, header.first, until), ...faults.filter(({ is }) => is !== 'missing')]
      : faults,
    hashes: wantsHashes ? Buffer.concat(hashes) : null,
  };
}

/** Numbers that stand nowhere among those that do. */
function gaps(numbers: readonly number[], first: number, until: number): LogFinding<LogFault>[] {
  const found: LogFinding<LogFault>[] = [];
  let expected = first;
  for (const entry of [...numbers.toSorted((one, other) => one - other), until + 1]) {
    if (entry > expected) found.push({ is: 'missing', entry: expected, to: entry - 1 });
    expected = Math.max(expected, entry + 1);
  }
  return found;
}

function turnOf({ entry, at, action, detail }: LogFileLine): Turn | null {
  if (action !== 'program.restore' && action !== 'program.goOn') return null;
  const said = JSON.parse(detail) as Record<string, unknown>;
  const isBeside = action === 'program.goOn' && said.takesOver === false;
  return { entry, at, ends: endsNamed(said), isBeside };
}
