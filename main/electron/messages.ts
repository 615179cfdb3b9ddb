import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Host } from '#host/host.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { isMeasured, maySend } from './security/decisions.ts';
import type { Shell } from './shell-methods.ts';

const invokeChannel = 'bureau:invoke';
const eventChannel = 'bureau:event';

export type Messages = {
  /** From now on this window may ask, and hears events. Returns the name under which the host knows it. */
  admit(window: BrowserWindow): string;
};

/** The one way from a page to the program and back. `onAnswer` sees what a window was told, for the idle lock. */
export function serveMessages(
  host: Host,
  shell: Shell,
  onAnswer: (method: string, envelope: Envelope<unknown>) => void,
): Messages {
  const admitted = new Map<number, BrowserWindow>();

  function clientOf(event: IpcMainInvokeEvent): string {
    const frame = event.senderFrame;
    const isOwnWindow = admitted.has(event.sender.id);
    const isTopFrame = frame !== null && frame === event.sender.mainFrame;
    if (!maySend({ url: frame?.url ?? '', isTopFrame, isOwnWindow })) throw new Error('message refused');
    return String(event.sender.id);
  }

  ipcMain.handle(
    invokeChannel,
    async (event, method: unknown, input: unknown): Promise<Envelope<unknown>> => {
      const client = clientOf(event);
      const name = typeof method === 'string' ? method : '';
      if (!isMeasured(input))
        return { ok: false, error: { code: 'invalid-input', params: { method: name.slice(0, 80), at: '' } } };
      const envelope = await (name.startsWith('shell.')
        ? shell(client, name, input)
        : host.call(client, name, input));
      onAnswer(name, envelope);
      return envelope;
    },
  );

  host.listen((event) => {
    for (const window of admitted.values()) {
      if (!window.isDestroyed()) window.webContents.send(eventChannel, event);
    }
  });

  return {
    admit(window) {
      const { id } = window.webContents;
      admitted.set(id, window);
      window.once('closed', () => {
        admitted.delete(id);
        host.forget(String(id));
      });
      return String(id);
    },
  };
}
