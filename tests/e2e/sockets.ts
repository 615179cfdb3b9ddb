// Which sockets a program and all that it starts ask the system for: told by strace, not by sampling, so that one that
// lives for a microsecond is seen too.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Kinds that stay inside this machine's kernel: between processes (UNIX), and news of its own devices (NETLINK). */
const inside = new Set(['AF_UNIX', 'AF_LOCAL', 'AF_NETLINK']);

/** Why nothing can be traced here; null where it can. */
export function traceFault(): string | null {
  const { status, stderr, error } = spawnSync(
    'strace',
    ['-D', '-f', '--seccomp-bpf', '-e', 'trace=connect', 'true'],
    { encoding: 'utf8' },
  );
  if (error) return 'strace is missing: node main/tools/setup.mjs packages strace';
  return status === 0 ? null : stderr.trim();
}

/**
 * Whatever ends in a network socket begins with one of these; the last ones tell which thread is of which process. What
 * is asked for by a queue in shared memory (io_uring) is seen of no tool like this one: newer Nodes have such a queue for
 * their loop and open no socket by it.
 */
const opening = 'socket,connect,bind,listen,ioctl,clone,clone3,fork,vfork';
const sending = 'socketpair,sendto,sendmsg,sendmmsg';
/**
 * What each thread calls first. strace lets the kernel's filter do the sifting of a thread only from the first call that
 * it looks at: without this one it stops the others at every call they make, a hundred times as often.
 */
const first = 'rseq';

/**
 * The command under which another one is traced into `log`, with all its threads and children. `isLight`: of what is sent
 * only its first signs; and the program is the direct child of whoever starts it.
 */
export const traced = (log: string, command: readonly string[], isLight = false): string[] => [
  'strace',
  ...(isLight ? ['-D', '-s', '8'] : []),
  ...['-f', '-qq', '-yy', '--seccomp-bpf', '-e', 'signal=none', '-o', log],
  ...['-e', `trace=${[opening, first, sending].join()}`],
  ...command,
];

/** A handle that a port was opened on: by which process, on which address, and every line that speaks of it. */
type Port = { process: string; address: string | null; lines: string[] };

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
  /** Lines that send anything on a socket of the network, connected or not. */
  sent: string[];
  /** Of these, what a process says on a connection: by which process, from which of its addresses. */
  said: { process: string; address: string; line: string }[];
  /** Every handle of a TCP socket. */
  ports: Port[];
  /** Number of the process that was started. */
  main: string;
  processes: number;
};

const handle = /\bsocket\(AF_INET6?, SOCK_DGRAM(?:\|SOCK_CLOEXEC)?, IPPROTO_IP\)\s+= (\d+)/;

type Call = { thread: string; line: string };

/** Whole calls, in the order in which they ended; what was begun and never ended comes last. */
function callsIn(text: string): { calls: Call[]; unended: string[] } {
  const begun = new Map<string, string>();
  const calls: Call[] = [];
  for (const part of text.split('\n')) {
    const thread = /^(\d+) /.exec(part)?.[1];
    if (thread === undefined) continue;
    // A call that another thread's came in between stands in two parts.
    if (part.endsWith(' <unfinished ...>')) {
      begun.set(thread, part.slice(0, -' <unfinished ...>'.length));
      continue;
    }
    const rest = /<\.\.\. \w+ resumed>(.*)$/.exec(part)?.[1];
    calls.push({ thread, line: rest === undefined ? part : `${begun.get(thread) ?? ''}${rest}` });
    begun.delete(thread);
  }
  return { calls, unended: [...begun.values()] };
}

/** The process of each thread: a thread's is its maker's. */
function processesOf(calls: readonly Call[]): Map<string, string> {
  const makers = new Map<string, string>();
  const heads = new Set<string>();
  for (const { thread, line } of calls) {
    const made = /\b(?:clone3?|v?fork)\(.*= (\d+)(?:<.*)?$/.exec(line)?.[1];
    if (made === undefined) continue;
    if (line.includes('CLONE_THREAD')) makers.set(made, thread);
    else heads.add(made);
  }
  const processOf = (thread: string): string => {
    const maker = makers.get(thread);
    return maker === undefined || maker === thread ? thread : processOf(maker);
  };
  return new Map(
    [...calls.map(({ thread }) => thread), ...makers.keys(), ...heads].map((thread) => [
      thread,
      processOf(thread),
    ]),
  );
}

export function readTrace(log: string): Trace {
  const { calls, unended } = callsIn(readFileSync(log, 'utf8'));
  const processes = processesOf(calls);
  const main = calls[0]?.thread ?? '';
  const trace: Trace = {
    ...{ kinds: {}, network: [], questions: 0, reached: [], sent: [], said: [], ports: [], main },
    processes: new Set(processes.values()).size,
  };
  const before = new Map<string, string>();
  const handles = new Map<string, Port>();
  for (const { thread, line } of calls) {
    const process = processes.get(thread) ?? thread;
    const former = before.get(thread) ?? '';
    before.set(thread, line);
    const asked = /\bioctl\((\d+)(?:<[^,]*>)?, SIOCGI[FW]NAME,/.exec(line)?.[1];
    if (asked !== undefined && handle.exec(former)?.[1] === asked && trace.network.includes(former)) {
      trace.network.splice(trace.network.lastIndexOf(former), 1);
      trace.questions++;
    }
    if (/\bsend(?:to|msg|mmsg)\(\d+<(?:UDP|TCP|RAW|ICMP|PING)/.test(line)) {
      trace.sent.push(line);
      const address = /\bsend\w+\(\d+<TCPv?6?:\[([^\]]*?)->/.exec(line)?.[1];
      if (address !== undefined) trace.said.push({ process, address, line });
    }
    const kind = /\bsocket(?:pair)?\((\w+)/.exec(line)?.[1];
    const family = /sa_family=(\w+)/.exec(line)?.[1];
    if (kind !== undefined) {
      trace.kinds[kind] = (trace.kinds[kind] ?? 0) + 1;
      if (inside.has(kind)) continue;
      trace.network.push(line);
      const opened = /\bsocket\(.*SOCK_STREAM.*= (\d+)/.exec(line)?.[1];
      if (opened === undefined) continue;
      const port: Port = { process, address: null, lines: [line] };
      handles.set(`${process} ${opened}`, port);
      trace.ports.push(port);
      continue;
    }
    const used = /\b(bind|connect|listen)\((\d+)(?:<TCPv?6?:\[([^\]]*)\]>)?/.exec(line);
    if (used) {
      const port = handles.get(`${process} ${used[2]}`);
      if (port && (used[1] === 'listen' || (family !== undefined && !inside.has(family)))) {
        port.lines.push(line);
        if (used[1] === 'listen') port.address = used[3] ?? null;
      }
    }
    if (family !== undefined && !inside.has(family)) trace.reached.push(line);
  }
  // What was begun and never ended is what the end of the program cut off.
  for (const line of unended)
    if (/\b(?:socket|bind|connect|send\w+)\(.*AF_INET/.test(line)) trace.network.push(line);
  return trace;
}

/** Opened, bound to a port of 127.0.0.1 that the system chose, listened on: in this order, and nothing else. */
const entrance = [
  /\bsocket\(AF_INET, SOCK_STREAM[^)]*\)\s+= \d+/,
  /\bbind\(.*AF_INET, sin_port=htons\(0\), sin_addr=inet_addr\("127\.0\.0\.1"\)\}, 16\)\s+= 0/,
  /\blisten\(.*\)\s+= 0/,
];

/**
 * What a run must not have opened. The two entrances of the test driver are excused, and they alone: of the process that
 * was started, on the very ports that it told the driver, and what it says to the driver on them. `mayEnter` says that of
 * an address.
 */
export function offencesIn(trace: Trace, mayEnter: (address: string) => boolean): string[] {
  const excused = new Set(
    trace.ports
      .filter(
        ({ process, address, lines }) =>
          process === trace.main &&
          address !== null &&
          mayEnter(address) &&
          lines.length === entrance.length &&
          entrance.every((step, at) => step.test(lines[at] ?? '')),
      )
      .slice(0, 2)
      .flatMap(({ lines }) => lines),
  );
  for (const { process, address, line } of trace.said)
    if (process === trace.main && mayEnter(address)) excused.add(line);
  return [...trace.network, ...trace.reached, ...trace.sent].filter((line) => !excused.has(line));
}
