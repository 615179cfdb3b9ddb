import { randomUUID } from 'node:crypto';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Core, CoreEnv, Duty, Peer } from '#core/api/contract.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { createHelperRunner } from './helper-runner.ts';
import type { ControlMessage, FromThread, ThreadStart, ToThread } from './messages.ts';
import { createPeer } from './peer.ts';

export type PartMaker = (duty: Duty, env: CoreEnv, peer: Peer) => Core;

/** Body of a long-lived thread: one part of the core behind a message port. */
export function runCoreThread(createPart: PartMaker): void {
  const port = parentPort as MessagePort;
  const start = workerData as ThreadStart;

  const core = createPart(
    start.duty,
    {
      ...start.env,
      now: () => new Date(),
      helper: createHelperRunner(start.helperFile),
      emit(event) {
        send(port, { is: 'event', event });
        // A job that works without a pause never gets to the event loop; whenever it tells its progress, the
        // cancels that came meanwhile are taken in by hand.
        if (event.event === 'progress') takeCancels();
      },
    },
    createPeer(start.peer),
  );

  function takeCancels(): void {
    for (;;) {
      const received = receiveMessageOnPort(start.control);
      if (!received) return;
      core.cancel((received.message as ControlMessage).cancel);
    }
  }

  start.control.on('message', (message: ControlMessage) => core.cancel(message.cancel));

  port.on('message', (message: ToThread) => {
    if (message.is === 'call') {
      const { id, method, input, context } = message;
      core.call(method, input, context).then(
        (envelope) => reply(port, id, envelope),
        (error: unknown) => reply(port, id, broken(error)),
      );
      return;
    }
    core
      .close()
      .then(
        () => reply(port, message.id, { ok: true, value: null }),
        (error: unknown) => reply(port, message.id, broken(error)),
      )
      .finally(() => {
        for (const each of [port, start.control, start.peer]) each.close();
      });
  });
  send(port, { is: 'ready' });
}

function reply(port: MessagePort, id: number, envelope: Envelope<unknown>): void {
  try {
    send(port, { is: 'reply', id, envelope });
  } catch (error) {
    // An answer that cannot be cloned is a defect of a handler; the caller must still hear something.
    send(port, { is: 'reply', id, envelope: broken(error) });
  }
}

/** Name and place go to standard error under the incident's number, the message does not: it may quote a record. */
function broken(error: unknown): Envelope<never> {
  const incident = randomUUID().slice(0, 8);
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  process.stderr.write(
    [`incident ${incident}: ${error instanceof Error ? error.name : 'unknown'}`, ...frames, ''].join('\n'),
  );
  return { ok: false, error: { code: 'internal', params: { incident } } };
}

function send(port: MessagePort, message: FromThread): void {
  port.postMessage(message);
}
