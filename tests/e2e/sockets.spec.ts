import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findRuntime, runtimeArguments, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { drive } from './pipe-driver.ts';
import { offencesIn, readTrace, type Trace, traced, traceFault } from './sockets.ts';
import { readWatched, watchedProgram } from './watch.ts';

// No process of the program opens a network socket: every call that could is looked at while it works, here without any
// test driver. The whole of a run goes through the same eye as well: watch.ts, and watched.end.ts at its end.

test.describe.configure({ mode: 'default' });
test.beforeAll(() => {
  test.skip(process.platform !== 'linux', 'strace is of Linux');
  expect(traceFault()).toBe(null);
});

test('the eye sees a socket that lives for a moment, in a child too, of either kind and family', ({
  folder,
}) => {
  const openers: Record<string, string> = {
    tcp: `require('node:net').connect(9, '127.0.0.1').on('error', () => {})`,
    udp: `require('node:dgram').createSocket('udp6').bind(0, function () { this.close(); })`,
    lookup: `require('node:dgram').createSocket('udp4').send('x', 53, '127.0.0.1', () => process.exit())`,
    child: `require('node:child_process').spawnSync(process.execPath, ['-e', "require('node:net').createServer().listen(0).close()"])`,
    thread: `new (require('node:worker_threads').Worker)("require('node:net').createServer().listen(0).close()", { eval: true })`,
  };
  for (const [name, script] of Object.entries(openers)) {
    const log = path.join(folder, `${name}.log`);
    const [command = '', ...args] = traced(log, [process.execPath, '-e', script]);
    spawnSync(command, args);
    const { network } = readTrace(log);
    expect(network.length, name).toBeGreaterThan(0);
  }
  // What Chromium does to learn a device's name is no such socket; one that is used for more is.
  const written = path.join(folder, 'written.log');
  const lines = [
    '7 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 53',
    '7 ioctl(53, SIOCGIFNAME, {ifr_ifindex=4, ifr_name="eth0"}) = 0',
  ];
  writeFileSync(written, lines.join('\n'));
  expect(readTrace(written)).toMatchObject({ network: [], questions: 1, reached: [] });
  const reach = '7 connect(53, {sa_family=AF_INET6, sin6_port=htons(443)}, 28) = 0';
  writeFileSync(written, [...lines, reach].join('\n'));
  expect(readTrace(written).reached).toEqual([reach]);
  writeFileSync(written, [lines[0], reach].join('\n'));
  expect(readTrace(written).network).toHaveLength(1);

  const log = path.join(folder, 'quiet.log');
  const [command = '', ...args] = traced(log, [
    process.execPath,
    '-e',
    `require('node:fs').readdirSync('/')`,
  ]);
  spawnSync(command, args);
  expect(readTrace(log)).toMatchObject({ network: [], reached: [] });
});

test('a datagram that is sent without being connected is found by the eye of a whole run too', ({
  folder,
}) => {
  for (const [kind, address] of [
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const) {
    const log = path.join(folder, `${kind}.log`);
    const script = `require('node:dgram').createSocket('${kind}').send('x', 9, '${address}', () => process.exit())`;
    const [command = '', ...args] = traced(log, [process.execPath, '-e', script], true);
    spawnSync(command, args);
    // The program goes on by itself while strace ends: the log is whole when it says how the program ended.
    const whole = () => /\bsend(?:to|msg|mmsg)\(/.test(readFileSync(log, 'utf8'));
    for (const until = Date.now() + 10_000; !whole() && Date.now() < until; ) spawnSync('sleep', ['0.1']);
    const { sent, reached } = readTrace(log);
    const family = kind === 'udp4' ? 'AF_INET' : 'AF_INET6';
    // To an address, on a handle that nobody connected
    const toSomebody = (line: string) =>
      /\bsend(?:to|msg|mmsg)\(\d+<UDP/.test(line) && line.includes(`sa_family=${family},`);
    for (const lines of [sent, reached]) expect(lines.filter(toSomebody), kind).toHaveLength(1);
    expect(offencesIn(readTrace(log), () => true).join('\n')).toMatch(/\bsend(?:to|msg|mmsg)\(/);
  }
  // A handle that was excused as a question for a device's name, and is then used.
  const written = path.join(folder, 'used.log');
  const send = '7 sendto(53<UDPv6:[9]>, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(53)}, 28) = 1';
  const asks = [
    '7 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 53',
    '7 ioctl(53, SIOCGIFNAME, {ifr_ifindex=4, ifr_name="eth0"}) = 0',
  ];
  writeFileSync(written, asks.join('\n'));
  expect(offencesIn(readTrace(written), () => true)).toEqual([]);
  writeFileSync(written, [...asks, send].join('\n'));
  expect(offencesIn(readTrace(written), () => true)).toEqual([send, send]);
  // What is said to the driver is excused on its ports and of the very program alone.
  const said = (process: string, port: number) =>
    `${process} sendto(66<TCP:[127.0.0.1:${port}->127.0.0.1:5]>, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1`;
  const judge = (...lines: string[]) => {
    writeFileSync(written, ['7 clone(child_stack=NULL, flags=SIGCHLD) = 9', ...lines].join('\n'));
    return offencesIn(readTrace(written), (address) => address === '127.0.0.1:41000');
  };
  expect(judge(said('7', 41000))).toEqual([]);
  expect(judge(said('7', 41001))).not.toEqual([]);
  expect(judge(said('9', 41000))).not.toEqual([]);
});

/** What a hostile script would call the outside by; each is started and left. */
const calls = `
  const quiet = (work) => { try { Promise.resolve(work()).catch(() => {}); } catch {} };
  quiet(() => fetch('http://127.0.0.1:9/'));
  quiet(() => fetch('https://example.invalid/'));
  quiet(() => new WebSocket('ws://127.0.0.1:9/'));
  quiet(() => new WebTransport('https://127.0.0.1:9/'));
  quiet(() => navigator.sendBeacon('http://127.0.0.1:9/', 'x'));
  quiet(() => { new Image().src = 'http://127.0.0.1:9/x.png'; });
  quiet(() => { for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'modulepreload'])
    document.head.append(Object.assign(document.createElement('link'), { rel, href: 'https://example.invalid/' })); });
  quiet(async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: ['stun:127.0.0.1:3478', 'turn:127.0.0.1:3478?transport=tcp'], username: 'x', credential: 'x' }] });
    connection.createDataChannel('out');
    await connection.setLocalDescription(await connection.createOffer());
  });
  quiet(() => navigator.mediaDevices.enumerateDevices());
  quiet(() => navigator.geolocation.getCurrentPosition(() => {}));
`;

/** The program as a bureau runs it, nobody listening; `work` is done in its page. Returns what was seen of it. */
async function watch(folder: string, work: string): Promise<Trace> {
  const runtime = await findRuntime();
  const log = path.join(folder, 'program.log');
  const command = traced(log, [runtime.executable, ...runtimeArguments(), root]);
  const { evaluate, closed, child } = await drive(command, {
    ...process.env,
    ...runtimeEnvironment(runtime),
    JUDICIAL_USER_DATA: path.join(folder, 'window'),
    JUDICIAL_DATA_DIR: path.join(folder, 'data'),
  });
  expect(await evaluate(`(async () => { ${work}; return 'done'; })()`)).toBe('done');
  void evaluate(`bureau.invoke('shell.quit', {})`).catch(() => undefined);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 20_000))]);
  child.kill('SIGTERM');
  await closed;
  const trace = readTrace(log);
  // It was looked at: several processes, with sockets between them.
  expect(trace.processes).toBeGreaterThan(4);
  expect(trace.kinds.AF_UNIX).toBeGreaterThan(0);
  return trace;
}

test('the program at work opens no network socket', async ({ folder }) => {
  test.setTimeout(120_000);
  const trace = await watch(
    folder,
    `const must = async (method, input) => {
      const answer = await bureau.invoke(method, input);
      if (!answer.ok) throw new Error(method + ': ' + JSON.stringify(answer.error));
      return answer.value;
    };
    const secret = { account: 'admin', password: 'Jinta-2023-sfj' };
    await must('setup.demo', { ...secret, cases: 30, years: { from: 2023, to: 2024 } });
    await must('session.signIn', secret);
    const { rows } = await must('ledger.list', { ledger: 'mediation' });
    await must('ledger.get', { id: rows[0].id });
    await must('search.find', { text: '纠纷' });
    await must('report.preview', { year: 2023 });
    await must('ledger.print', { ledger: 'mediation' });
    await must('system.backup', {});
    await must('system.verify', {});
    await new Promise((resolve) => setTimeout(resolve, 3000))`,
  );
  expect({ network: trace.network, reached: trace.reached, sent: trace.sent }).toEqual({
    network: [],
    reached: [],
    sent: [],
  });
});

test('called outside by a script in its page, the program sends nothing and connects to nobody', async ({
  folder,
}) => {
  test.setTimeout(120_000);
  const { network, reached, sent } = await watch(
    folder,
    `${calls}; await new Promise((resolve) => setTimeout(resolve, 4000))`,
  );
  expect(sent).toEqual([]);
  // Chromium asks its kernel by which device it would reach the world: a datagram socket is pointed at an address and
  // shut, without a packet. A peer connection of the page's own making binds one that nobody is told of.
  expect(network.filter((line) => !/AF_INET6?, SOCK_DGRAM/.test(line))).toEqual([]);
  expect(reached.filter((line) => !/\b(?:connect|bind)\(\d+<UDP/.test(line))).toEqual([]);
});

test('a start that opens a port of its own is found, whichever process opens it and on whatever address', async ({
  start,
  folder,
}) => {
  const watchedIn = path.join(folder, 'watched');
  mkdirSync(watchedIn);
  const quiet = await start({ watchedIn });
  expect(readWatched(watchedIn)).toMatchObject({ starts: 1, logs: 1, entered: 1, offences: [] });
  // Beside the driver's entrances and in their very shape: in the same process, on a port of 127.0.0.1.
  await quiet.app.evaluate(async () => {
    const server = process.getBuiltinModule('node:net').createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.close();
  });
  const [first, ...more] = readWatched(watchedIn).offences;
  expect(first).toMatch(/^a start that opens a port.*: \d+\s+socket\(AF_INET, SOCK_STREAM/);
  expect(more.join('\n')).toMatch(/bind\(.*127\.0\.0\.1/);
  const before = more.length + 1;
  await quiet.app.evaluate(() => {
    const { spawnSync } = process.getBuiltinModule('node:child_process');
    const script =
      "require('node:dgram').createSocket('udp4').send('x', 53, '127.0.0.1', () => process.exit())";
    spawnSync(process.execPath, ['-e', script], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  });
  const { offences, logs, starts } = readWatched(watchedIn);
  expect(offences.length).toBeGreaterThan(before);
  expect(offences.join('\n')).toContain('SOCK_DGRAM');
  await quiet.app.close();

  // The same ports in another process than the one that was started, or one more handle on them, are none of the driver's.
  const log = path.join(folder, 'forged.log');
  const open = (process: string, fd: number, port: number) => [
    `${process} socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = ${fd}<TCP:[1]>`,
    `${process} bind(${fd}<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0`,
    `${process} listen(${fd}<TCP:[127.0.0.1:${port}]>, 511) = 0`,
  ];
  const made = [
    '7 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 8',
    '7 clone(child_stack=NULL, flags=SIGCHLD) = 9',
  ];
  const judge = (...lines: string[]) => {
    writeFileSync(log, [...made, ...lines].join('\n'));
    return offencesIn(readTrace(log), (address) => address === '127.0.0.1:41000');
  };
  expect(judge(...open('7', 20, 41000))).toEqual([]);
  expect(judge(...open('8', 20, 41000))).toEqual([]);
  expect(judge(...open('9', 20, 41000))).not.toEqual([]);
  expect(judge(...open('7', 20, 41001))).not.toEqual([]);
  expect(judge(...open('7', 20, 41000), '7 connect(20<TCP:[1]>, {sa_family=AF_INET}, 16) = 0')).not.toEqual(
    [],
  );

  // A start that the system saw nothing of is one too many.
  watchedProgram(process.execPath, watchedIn);
  expect(readWatched(watchedIn)).toMatchObject({ starts: starts + 1, logs });
});
