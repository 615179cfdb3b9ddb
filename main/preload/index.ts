import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bureau } from '#shared/api/methods.ts';

/** All that a page can reach. The two channels are the only ones the program has. */
const bureau: Bureau = {
  invoke: (method, input) => ipcRenderer.invoke('bureau:invoke', method, input),
  listen: (listener) => {
    const pass = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
    ipcRenderer.on('bureau:event', pass);
    return () => void ipcRenderer.removeListener('bureau:event', pass);
  },
};

contextBridge.exposeInMainWorld('bureau', bureau);
