import { type BrowserWindow, dialog } from 'electron';
import type { MethodName } from '#shared/api/methods.ts';

export type Dialogs = {
  pickFolder(title: string): Promise<string | null>;
  pickFile(title: string, extensions: string[]): Promise<string | null>;
  pickFiles(title: string, extensions: string[]): Promise<string[]>;
  pickSave(title: string, name: string, extensions: string[]): Promise<string | null>;
  /** Whether whoever sits there does this himself (asked-acts.ts). */
  isHimself(method: MethodName, input: unknown): Promise<boolean>;
};

/** The system's dialogs, over the program's window; the chosen path goes to the file grants, never to the page. */
export function createDialogs(owner: () => BrowserWindow): Dialogs {
  const kinds = (extensions: string[]) =>
    extensions.length === 0 ? [] : [{ name: extensions.join(', '), extensions }];
  return {
    async pickFolder(title) {
      const { canceled, filePaths } = await dialog.showOpenDialog(owner(), {
        title,
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async pickFile(title, extensions) {
      const { canceled, filePaths } = await dialog.showOpenDialog(owner(), {
        title,
        filters: kinds(extensions),
        properties: ['openFile', 'dontAddToRecent'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async pickFiles(title, extensions) {
      const { canceled, filePaths } = await dialog.showOpenDialog(owner(), {
        title,
        filters: kinds(extensions),
        properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
      });
      return canceled ? [] : filePaths;
    },
    async pickSave(title, name, extensions) {
      const { canceled, filePath } = await dialog.showSaveDialog(owner(), {
        title,
        defaultPath: name,
        filters: kinds(extensions),
        properties: ['showOverwriteConfirmation', 'dontAddToRecent'],
      });
      return canceled || !filePath ? null : withExtension(filePath, extensions);
    },
    async isHimself(method, input) {
      const { name } = input as { name?: unknown };
      // It names every act and, with it, every ledger: none of that is in the way of the window's start.
      const { askedText } = await import('#shared/text/asked.ts');
      const { response } = await dialog.showMessageBox(owner(), {
        type: 'question',
        message: askedText.question(method, typeof name === 'string' ? name.slice(0, 40) : ''),
        detail: askedText.hint,
        buttons: [askedText.yes, askedText.no],
        // The Enter that somebody was about to press in the page is no answer.
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
  };
}

/** Some systems' dialogs leave the extension to the program. */
function withExtension(file: string, extensions: string[]): string {
  const [first] = extensions;
  const hasOne = extensions.some((extension) => file.toLowerCase().endsWith(`.${extension}`));
  return first === undefined || hasOne ? file : `${file}.${first}`;
}
