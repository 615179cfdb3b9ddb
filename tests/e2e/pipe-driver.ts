// Drives the program without a port: DevTools messages over two pipes. For tests that must see the program as it is
// when nobody listens on a socket for them.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

type Message = {
  id?: number;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
  method?: string;
};

type Target = { targetId: string; type: string; url: string };

export type Driven = {
  child: ChildProcess;
  /** The value of an expression in the program's page, promises awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Of every page and frame with a process of its own, once it is there. */
  addresses(): Promise<string[]>;
  /** PNG of the page whose address begins so. */
  photograph(address: string): Promise<Buffer>;
  closed: Promise<void>;
};

/** Starts `command` with `--remote-debugging-pipe` and waits for its page. */
export async function drive(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Driven> {
  const [program = '', ...args] = command;
  const child = spawn(program, [...args, '--remote-debugging-pipe'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'pipe'],
  });
  const [out, back] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  let left = '';
  back.on('data', (part: Buffer) => {
    const texts = (left + part.toString('utf8')).split('\0');
    left = texts.pop() ?? '';
    for (const text of texts) {
      const message = JSON.parse(text) as Message;
      waiting.get(message.id ?? -1)?.(message);
    }
  });
  out.on('error', () => undefined);
  let count = 0;
  const send = (method: string, params: object, sessionId?: string): Promise<never> =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error) reject(new Error(error.message));
        else resolve(result as never);
      });
      out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const targets = async () =>
    ((await send('Target.getTargets', {})) as { targetInfos: Target[] }).targetInfos;
  const attach = async (targetId: string): Promise<string> =>
    ((await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }).sessionId;

  let session = '';
  for (let tries = 0; session === '' && tries < 200; tries++) {
    const page = (await targets()).find(({ type, url }) => type === 'page' && url.startsWith('app://local/'));
    if (page) session = await attach(page.targetId);
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await send(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      session,
    )) as { result: { value?: unknown }; exceptionDetails?: { exception?: { description?: string } } };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'thrown in the page');
    return result.value;
  }

  async function addresses(): Promise<string[]> {
    return (await targets()).map(({ url }) => url);
  }

  async function photograph(address: string): Promise<Buffer> {
    const page = (await targets()).find(({ type, url }) => type === 'page' && url.startsWith(address));
    if (!page) throw new Error(`no page of ${address}`);
    const own = await attach(page.targetId);
    const { data } = (await send('Page.captureScreenshot', { format: 'png' }, own)) as { data: string };
    await send('Target.detachFromTarget', { sessionId: own });
    return Buffer.from(data, 'base64');
  }

  const isThere = `document.readyState === 'complete' && document.querySelector('h1') !== null`;
  for (let tries = 0; tries < 200; tries++) {
    if ((await evaluate(isThere).catch(() => false)) === true) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { child, closed, evaluate, addresses, photograph };
}
