import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';
import { fingerprintOf, isSignedBy, paperCode, type Signer, signText } from '#core/security/signer.ts';
import type { AuditHead } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { ChainLine } from './log.ts';

/**
 * An exported log: a line of JSON that says whose it is, a line an entry, and a last line that is signed. The signature is
 * over the bytes of all lines before, so that whatever is changed in the file is found; the chain says where.
 */
export const logFileWhat = 'judicial-ledger audit log';
/** A larger one is checked as any other, but not read entry by entry: that is done in memory. */
export const logFileLimitMb = 512;

export type LogFileHeader = {
  what: typeof logFileWhat;
  ledgerId: string;
  unit: string;
  unitCode: string;
  installation: string;
  machine: string;
  exportedAt: string;
  /** Numbers of the first and the last entry in the file, and of the last in the log. */
  first: number;
  last: number;
  total: number;
  /** Hash of the entry before the first, 64 hexadecimal digits. */
  previous: string;
};

/** An entry in the file. The record's number is not in the chain: it may be given later than the entry was made. */
export type LogFileLine = ChainLine & { number: string | null };

/** `digest`: SHA-256 of all bytes before this line; `seal`: it, signed. */
export type LogFileEnd = { head: AuditHead; digest: string; seal: string };

const sealedText = (digest: string) => JSON.stringify(['judicial-ledger audit file', digest]);

export const lineOf = (value: LogFileHeader | LogFileLine | LogFileEnd) => `${JSON.stringify(value)}\n`;

export function endOf(digest: string, head: AuditHead, signer: Signer): LogFileEnd {
  return { head, digest, seal: signText(signer, sealedText(digest)) };
}

export const isSealed = ({ head, digest, seal }: LogFileEnd) =>
  isSignedBy(head.publicKey, sealedText(digest), seal);

const isText = (value: unknown): value is string => typeof value === 'string';
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const orNull = (value: unknown): value is string | null => value === null || isText(value);

type Fields<T> = { [K in keyof T]?: unknown };

function parsed<T>(line: string): Fields<T> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields<T>) : null;
  } catch {
    return null;
  }
}

export function headerFrom(line: string): LogFileHeader | null {
  const found = parsed<LogFileHeader>(line);
  if (!found || found.what !== logFileWhat || !isHash(found.previous)) return null;
  const { ledgerId, unit, unitCode, installation, machine, exportedAt } = found;
  if (![ledgerId, unit, unitCode, installation, machine, exportedAt].every(isText)) return null;
  if (![found.first, found.last, found.total].every(isNumber)) return null;
  return found as LogFileHeader;
}

export function lineFrom(line: string): LogFileLine | null {
  const found = parsed<LogFileLine>(line);
  if (!found || !isNumber(found.entry) || !isHash(found.hash)) return null;
  if (![found.at, found.account, found.action, found.detail].every(isText)) return null;
  const { ledger, recordId, version, installation, machine, number } = found;
  if (![ledger, recordId, version, installation, machine, number].every(orNull)) return null;
  return parsed(found.detail as string) ? (found as LogFileLine) : null;
}

/** The last line, where it is written as this program writes it: nothing in it may be said in another way. */
export function endFrom(line: string): LogFileEnd | null {
  const found = parsed<LogFileEnd>(line);
  const head = (found?.head ?? null) as Fields<AuditHead> | null;
  if (!found || !head || !isHash(found.digest) || !isHash(head.hash) || !isNumber(head.entry)) return null;
  if (![head.at, head.account, head.purpose, head.publicKey, head.signature, found.seal].every(isText))
    return null;
  const { entry, hash, at, account, purpose, publicKey, signature } = head as AuditHead;
  const again: LogFileEnd = {
    head: {
      ...{ entry, hash, at, account, purpose },
      publicKey: asWritten(publicKey),
      signature: asWritten(signature),
      code: paperCode(Buffer.from(hash, 'hex')),
      fingerprint: fingerprintOf(publicKey),
    },
    digest: found.digest,
    seal: asWritten(found.seal as string),
  };
  return lineOf(again) === `${line}\n` ? again : null;
}

const asWritten = (base64: string) => Buffer.from(base64, 'base64').toString('base64');

/** A line without its end, and its bytes with it; the last may have none. */
export type Line = { text: string; bytes: Uint8Array };

const newLine = 10;
const textOf = (bytes: Buffer) =>
  bytes.toString('utf8', 0, bytes.at(-1) === newLine ? bytes.length - 1 : undefined);

export function* linesIn(bytes: Uint8Array): Generator<Line> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from < buffer.length; ) {
    const end = buffer.indexOf(newLine, from);
    const line = buffer.subarray(from, end < 0 ? buffer.length : end + 1);
    yield { text: textOf(line), bytes: line };
    from += line.length;
  }
}

/** No entry is as long: what goes on without an end is taken in pieces, none of which can be read. */
const longestLine = 64 * 2 ** 20;

/** The same of a file that need not fit into memory. */
export function* linesOfFile(at: string, atOnce = 2 ** 20): Generator<Line> {
  const handle = fs.openSync(at, 'r');
  try {
    let begun: Buffer[] = [];
    let length = 0;
    for (;;) {
      // A new one each time: the lines of the one before are still looked at.
      const part = Buffer.allocUnsafe(atOnce);
      const read = part.subarray(0, fs.readSync(handle, part, 0, atOnce, null));
      if (read.length === 0) break;
      const end = read.lastIndexOf(newLine) + 1;
      if (end > 0 || length > longestLine) {
        yield* linesIn(Buffer.concat([...begun, read.subarray(0, end)]));
        [begun, length] = [[], 0];
      }
      begun.push(read.subarray(end));
      length += read.length - end;
    }
    yield* linesIn(Buffer.concat(begun));
  } finally {
    fs.closeSync(handle);
  }
}

export const newDigest = (): Hash => createHash('sha256');

const longestHeader = 16 * 1024;

/** Whose log a file is, by its first line. Throws `audit-file-unknown` where it is none. */
export function headerOfFile(at: string, file: string): LogFileHeader {
  const start = Buffer.alloc(longestHeader);
  const handle = fs.openSync(at, 'r');
  try {
    const length = fs.readSync(handle, start, 0, longestHeader, 0);
    const end = start.subarray(0, length).indexOf(10);
    const header = end < 0 ? null : headerFrom(start.toString('utf8', 0, end));
    if (!header) throw new AppError('audit-file-unknown', { file });
    return header;
  } finally {
    fs.closeSync(handle);
  }
}
