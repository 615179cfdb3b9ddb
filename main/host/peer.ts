import type { MessagePort } from 'node:worker_threads';
import type { Peer, PeerMessage } from '#core/api/contract.ts';

type Wire = { id: number; message: PeerMessage } | { answer: number; fault: string | null };

/**
 * The link between the two parts over one message port. A request resolves when the other side's handler has, and
 * rejects when that handler threw or the other thread is gone.
 */
export function createPeer(port: MessagePort): Peer {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const early: { id: number; message: PeerMessage }[] = [];
  let handler: ((message: PeerMessage) => Promise<void>) | null = null;
  let next = 1;
  let isGone = false;

  async function act(id: number, message: PeerMessage): Promise<void> {
    let fault: string | null = null;
    try {
      await handler?.(message);
    } catch (error) {
      fault = error instanceof Error ? error.message : 'unknown';
    }
    port.postMessage({ answer: id, fault } satisfies Wire);
  }

  port.on('message', (wire: Wire) => {
    if ('answer' in wire) {
      const request = waiting.get(wire.answer);
      waiting.delete(wire.answer);
      if (wire.fault === null) request?.resolve();
      else request?.reject(new Error(`the other thread refused: ${wire.fault}`));
    } else if (handler) {
      void act(wire.id, wire.message);
    } else {
      early.push(wire); // the other part may be ready first
    }
  });
  port.on('close', () => {
    isGone = true;
    for (const { reject } of waiting.values()) reject(new Error('the other thread is gone'));
    waiting.clear();
  });

  return {
    request(message) {
      // a part that is gone has closed; the other must be able to close its own files after that
      if (isGone && message.is === 'closed') return Promise.resolve();
      if (isGone) return Promise.reject(new Error('the other thread is gone'));
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        port.postMessage({ id, message } satisfies Wire);
      });
    },
    serve(given) {
      handler = given;
      for (const { id, message } of early.splice(0)) void act(id, message);
    },
  };
}
