import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Envelope, FileGrant, GrantUse } from '#shared/api/envelope.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import {
  type AttachmentContent,
  type PrintedScan,
  type PrintOrder,
  printable,
  type ShellMethods,
} from '#shared/api/types.ts';
import {
  type Layout,
  layOut,
  type OpenScans,
  type PageAnswer,
  type Picture,
  type Pictures,
  type PlacedScan,
} from '#shared/document/print-layout.ts';
import { extensionOf } from '#shared/domain/media-type.ts';

/** What the window itself can do; everything that needs Electron is handed in, so that the rules can be tested. */
export type ShellParts = {
  call(client: string, method: string, input: unknown): Promise<Envelope<unknown>>;
  cancel(job: string): void;
  grantFile(path: string, use: GrantUse): FileGrant;
  pathOf(grant: string): string | null;
  /** Each gives an absolute path, or null when the user closed the dialog. */
  pickFolder(title: string): Promise<string | null>;
  pickFile(title: string, extensions: string[]): Promise<string | null>;
  /** Several at once; none when the user closed the dialog. */
  pickFiles(title: string, extensions: string[]): Promise<string[]>;
  pickSave(title: string, name: string, extensions: string[]): Promise<string | null>;
  toPdf(html: string, pictures?: Pictures): Promise<Uint8Array>;
  /** False where the dialog was closed; throws `print-failed`. */
  toPaper(html: string, pictures?: Pictures): Promise<boolean>;
  hasPrinter(): Promise<boolean>;
  /** The page as it goes to paper, numbered by the browser; `before` pages have no number. */
  paperPage(html: string, layout: { isNumbered: boolean; before: number }): string;
  textPage(title: string, lines: string[]): string;
  /** In a window of its own. */
  showPdf(content: Uint8Array): void;
  places(pdf: Uint8Array): Promise<{ places: Record<string, number>; pages: number }>;
  stamp(pdf: Uint8Array, numbers?: (number | null)[]): Promise<{ pdf: Uint8Array; pages: number }>;
  /** Scans into their places, and the numbers; `beside` names the places whose PDF could not be taken apart. */
  bind(
    pdf: Uint8Array,
    scans: readonly PlacedScan[],
    numbers: (number | null)[],
  ): Promise<{ pdf: Uint8Array; pages: number; beside: number[] }>;
  write(file: string, bytes: Uint8Array): Promise<void>;
  quit(): void;
};

// Nothing unseen: no signs that turn the direction of what follows, which make one name look like another.
const title = z
  .string()
  .max(80)
  .regex(/^\P{C}*$/u);
/** Kinds of file that the program reads and writes; none that a system would run. */
const fileKinds: ReadonlySet<string> = new Set([
  ...['csv', 'db', 'doc', 'docm', 'docx', 'jpeg', 'json', 'jsonl', 'key'],
  ...Object.values(extensionOf),
]);
const extensions = z.array(z.string().refine((kind) => fileKinds.has(kind))).max(12);
// no separators, no leading dot: a file name, never a path
const name = z
  .string()
  .regex(/^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,120}$/)
  .regex(/^\P{C}*$/u);
/** Their catalogue names the pages of pieces. */
const namesPages: ReadonlySet<string> = new Set(['dossier.preview', 'dossier.issue']);

const order = {
  method: z.enum(printable),
  // The core parses it: what does not fit the method is refused there.
  input: z.record(z.string().max(40), z.unknown()),
};

const inputs = {
  'shell.chooseFolder': z.strictObject({ title }),
  'shell.chooseFile': z.strictObject({ title, extensions }),
  'shell.chooseFiles': z.strictObject({ title, extensions }),
  'shell.viewPdf': z.strictObject({ id: z.string().max(40) }),
  'shell.chooseSave': z.strictObject({ title, name, extensions: extensions.min(1) }),
  'shell.print': z.union([
    z.strictObject({ ...order, to: z.literal('printer') }),
    z.strictObject({ ...order, to: z.literal('pdf'), out: z.string().max(200) }),
  ]),
  'shell.printText': z.strictObject({ title, lines: z.array(z.string().max(500)).max(200) }),
  'shell.cancel': z.strictObject({ job: z.string().max(80) }),
  'shell.quit': z.strictObject({}),
} satisfies Record<keyof ShellMethods, z.ZodType>;

const takesScreen: Partial<Record<keyof ShellMethods, 'dialog' | 'print'>> = {
  'shell.chooseFolder': 'dialog',
  'shell.chooseFile': 'dialog',
  'shell.chooseFiles': 'dialog',
  'shell.chooseSave': 'dialog',
  'shell.print': 'print',
  'shell.printText': 'print',
};

type Handlers = {
  [M in keyof ShellMethods]: (
    client: string,
    input: z.output<(typeof inputs)[M]>,
  ) => Promise<ShellMethods[M]['output']>;
};

export type Shell = (client: string, method: string, input: unknown) => Promise<Envelope<unknown>>;

export function createShell(parts: ShellParts): Shell {
  const granted = (path: string | null, use: GrantUse = 'open'): FileGrant | null =>
    path === null ? null : parts.grantFile(path, use);
  /** What takes the screen goes one after another: a page that asks a thousand times over gets one. */
  const underWay = new Set<string>();
  async function alone<T>(what: 'dialog' | 'print', method: string, work: () => Promise<T>): Promise<T> {
    if (underWay.has(what)) throw new AppError('busy', { method });
    underWay.add(what);
    try {
      return await work();
    } finally {
      underWay.delete(what);
    }
  }

  async function ask(client: string, { method, input }: PrintOrder, more: object): Promise<PageAnswer> {
    const answer = await parts.call(client, method, { ...input, ...more });
    if (!answer.ok) throw new AppError(answer.error.code, answer.error.params);
    return answer.value as PageAnswer;
  }

  /** Attachments one by one, through the asker's own session: each is an entry in the log, as if it were looked at. */
  async function open(client: string, scans: readonly PrintedScan[], withPdf: boolean): Promise<OpenScans> {
    const pictures = new Map<string, Picture>();
    const pdfs = new Map<string, Uint8Array>();
    for (const { id, isPicture } of scans) {
      if (!isPicture && !withPdf) continue;
      const answer = await parts.call(client, 'attachment.view', { id, removed: true });
      if (!answer.ok) throw new AppError(answer.error.code, answer.error.params);
      const { attachment, content } = answer.value as AttachmentContent;
      if (isPicture) pictures.set(id, { content, type: attachment.mediaType });
      else pdfs.set(id, content);
    }
    return { pictures, pdfs };
  }

  const laidOut = (client: string, order: PrintOrder, withPdf: boolean): Promise<Layout> =>
    layOut(
      parts,
      namesPages.has(order.method),
      (more) => ask(client, order, more),
      (scans) => open(client, scans, withPdf),
    );

  /** On paper the sheets of a PDF stay: what a printer takes of a page cannot be put together from two documents. */
  async function onPaper(client: string, order: PrintOrder): Promise<boolean> {
    if (!namesPages.has(order.method)) {
      const { html, isUnnumbered = false, scans = [] } = await ask(client, order, {});
      const { pictures } = await open(client, scans, false);
      return parts.toPaper(parts.paperPage(html, { isNumbered: !isUnnumbered, before: 0 }), pictures);
    }
    const { html, numbers, scans } = await laidOut(client, order, false);
    const before = Math.max(0, numbers?.findIndex((number) => number !== null) ?? 0);
    return parts.toPaper(parts.paperPage(html, { isNumbered: true, before }), scans.pictures);
  }

  const handlers: Handlers = {
    'shell.chooseFolder': async (_client, input) => granted(await parts.pickFolder(input.title)),
    'shell.chooseFile': async (_client, input) =>
      granted(await parts.pickFile(input.title, input.extensions)),
    'shell.chooseFiles': async (_client, input) =>
      (await parts.pickFiles(input.title, input.extensions)).map((path) => parts.grantFile(path, 'open')),
    // Through the same method as a picture, so with the same right and the same entry in the log.
    'shell.viewPdf': async (client, { id }) => {
      const answer = await parts.call(client, 'attachment.view', { id });
      if (!answer.ok) throw new AppError(answer.error.code, answer.error.params);
      const { attachment, content } = answer.value as AttachmentContent;
      if (attachment.mediaType !== 'application/pdf') {
        throw new AppError('invalid-input', { method: 'shell.viewPdf', at: 'id' });
      }
      parts.showPdf(content);
      return null;
    },
    'shell.chooseSave': async (_client, input) =>
      granted(await parts.pickSave(input.title, input.name, input.extensions), 'save'),
    'shell.print': async (client, order) => {
      if (order.to === 'printer') {
        return { printed: (await onPaper(client, order)) ? 'sent' : 'cancelled' };
      }
      const file = parts.pathOf(order.out);
      if (file === null) throw new AppError('grant-unknown', {});
      const { pdf, numbers, placed } = await laidOut(client, order, true);
      const made =
        placed.length > 0 && numbers
          ? await parts.bind(pdf, placed, numbers)
          : { ...(await (numbers ? parts.stamp(pdf, numbers) : parts.stamp(pdf))), beside: [] };
      await parts.write(file, made.pdf);
      const beside = placed.filter(({ at }) => made.beside.includes(at)).map(({ title }) => title);
      return { printed: 'saved', file: basename(file), pages: made.pages, beside };
    },
    'shell.printText': async (_client, input) => {
      const html = parts.textPage(input.title, input.lines);
      if (await parts.hasPrinter()) {
        return { printed: (await parts.toPaper(html)) ? 'sent' : 'cancelled' };
      }
      // a machine without a printer: a file, to be printed elsewhere
      const file = await parts.pickSave(input.title, `${input.title}.pdf`, ['pdf']);
      if (file === null) return { printed: 'cancelled' };
      await parts.write(file, await parts.toPdf(html));
      return { printed: 'saved' };
    },
    'shell.cancel': async (_client, input) => {
      parts.cancel(input.job);
      return null;
    },
    'shell.quit': async () => {
      parts.quit();
      return null;
    },
  };

  return async (client, method, input) => {
    if (!Object.hasOwn(handlers, method)) {
      return { ok: false, error: { code: 'unknown-method', params: { method: method.slice(0, 80) } } };
    }
    const known = method as keyof ShellMethods;
    const parsed = inputs[known].safeParse(input);
    if (!parsed.success) {
      const at = parsed.error.issues[0]?.path.join('.') ?? '';
      return { ok: false, error: { code: 'invalid-input', params: { method, at } } };
    }
    try {
      const handler = handlers[known] as (client: string, input: unknown) => Promise<unknown>;
      const work = () => handler(client, parsed.data);
      const what = takesScreen[known];
      return { ok: true, value: await (what ? alone(what, method, work) : work()) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: failureOf(error) };
      return { ok: false, error: { code: 'internal', params: { incident: randomUUID().slice(0, 8) } } };
    }
  };
}
