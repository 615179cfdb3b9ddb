// Which sockets a program and all that it starts ask the system for: told by strace, not by sampling, so that one that
// lives for a microsecond is seen too.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

/** Kinds that stay inside this machine's kernel: between processes (UNIX), and news of its own devices (NETLINK). */
const inside = new Set(['AF_UNIX', 'AF_LOCAL', 'AF_NETLINK']);

/** Why nothing can be traced here; null where it can. */
export function traceFault(): string | null {
  const { status, stderr, error } = spawnSync(
    'strace',
    ['-f', '--seccomp-bpf', '-e', 'trace=connect', 'true'],
    {
      encoding: 'utf8',
    },
  );
  if (error) return 'strace is missing: node main/tools/setup.mjs packages strace';
  return status === 0 ? null : stderr.trim();
}

/** The command under which another one is traced into `log`, with all its threads and children. */
export const traced = (log: string, command: readonly string[]): string[] => [
  'strace',
  ...['-f', '-qq', '-yy', '--seccomp-bpf', '-e', 'signal=none', '-o', log],
  ...['-e', 'trace=socket,socketpair,connect,bind,sendto,sendmsg,sendmmsg,ioctl'],
  ...command,
];

/** A program that starts `executable` traced, for whoever can only start a file. */
export function tracedExecutable(file: string, log: string, executable: string): string {
  const words = traced(log, [executable]).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

export type Trace = {
  /** How often each kind of socket was asked for. */
  kinds: Record<string, number>;
  /** Lines that ask for a socket of another kind than those inside the machine. */
  network: string[];
  /**
   * Handles of the same kind by which the kernel is asked what its devices are called, and nothing else: Chromium does so
   * once a start, and cannot be kept from it. They are bound to nothing and connect to nothing.
   */
  questions: number;
  /** Lines that bind to, connect to or send to an address of the network. */
  reached: string[];
  /** Lines that send anything on a socket of the network. */
  sent: string[];
  processes: number;
};

const handle = /\bsocket\(AF_INET6?, SOCK_DGRAM(?:\|SOCK_CLOEXEC)?, IPPROTO_IP\)\s+= (\d+)/;

export function readTrace(log: string): Trace {
  const trace: Trace = { kinds: {}, network: [], questions: 0, reached: [], sent: [], processes: 0 };
  const processes = new Map<string, string>();
  const begun = new Map<string, string>();
  for (const part of readFileSync(log, 'utf8').split('\n')) {
    const pid = /^(\d+) /.exec(part)?.[1];
    if (pid === undefined) continue;
    // A call that another thread's came in between stands in two parts.
    if (part.endsWith(' <unfinished ...>')) {
      begun.set(pid, part.slice(0, -' <unfinished ...>'.length));
      continue;
    }
    const rest = /<\.\.\. \w+ resumed>(.*)$/.exec(part)?.[1];
    const line = rest === undefined ? part : `${begun.get(pid) ?? ''}${rest}`;
    begun.delete(pid);
    const before = processes.get(pid) ?? '';
    processes.set(pid, line);
    const asked = /\bioctl\((\d+)(?:<[^,]*>)?, SIOCGI[FW]NAME,/.exec(line)?.[1];
    if (asked !== undefined && handle.exec(before)?.[1] === asked && trace.network.includes(before)) {
      trace.network.splice(trace.network.lastIndexOf(before), 1);
      trace.questions++;
    }
    if (/\bsend(?:to|msg|mmsg)\(\d+<(?:UDP|TCP|RAW|ICMP|PING)/.test(line)) trace.sent.push(line);
    const kind = /\bsocket(?:pair)?\((\w+)/.exec(line)?.[1];
    const family = /sa_family=(\w+)/.exec(line)?.[1];
    if (kind !== undefined) {
      trace.kinds[kind] = (trace.kinds[kind] ?? 0) + 1;
      if (!inside.has(kind)) trace.network.push(line);
    } else if (family !== undefined && !inside.has(family)) trace.reached.push(line);
  }
  // What was begun and never ended is what the end of the program cut off.
  for (const line of begun.values())
    if (/\b(?:socket|bind|connect|send\w+)\(.*AF_INET/.test(line)) trace.network.push(line);
  return { ...trace, processes: processes.size };
}
