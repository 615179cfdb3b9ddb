import type { ReadDb } from '#core/db/connection.ts';
import { markedDocx } from '#core/documents/docx-mark.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import type { MethodName } from '#shared/api/methods.ts';
import { demoText } from '#shared/text/demo.ts';

/**
 * What leaves a ledger of made-up records says that it is one, whoever makes it and on whatever way: pages by a mark across
 * each of them, documents by their first line, files by the name of the unit. Here alone it is decided.
 */
export function isDemoLedger(db: ReadDb): boolean {
  const isDemo = known.get(db) ?? readSetting(db, 'isDemo') === '1';
  known.set(db, isDemo);
  return isDemo;
}

/** It is decided when a ledger is made, and asked at every call. */
const known = new WeakMap<ReadDb, boolean>();

/** The unit by the name under which it leaves. */
export const unitOutside = (name: string, isDemo: boolean): string => (isDemo ? demoText.unit(name) : name);

export const ownUnitOutside = (db: ReadDb): string => unitOutside(ownUnit(db).name, isDemoLedger(db));

/** What is somebody else's own file as it was given, and nothing that the records say. */
const asGiven: ReadonlySet<MethodName> = new Set(['attachment.export', 'attachment.view', 'template.export']);

const style =
  '<style>.demo-mark{position:fixed;top:42%;left:0;right:0;text-align:center;font:700 44pt/1.2 sans-serif;' +
  'color:#c00;opacity:.22;transform:rotate(-24deg);pointer-events:none;z-index:9}</style>';
const band = `<div class="demo-mark">${demoText.mark}</div>`;

function markedPage(html: string): string {
  const head = html.replace('</head>', `${style}</head>`);
  return head.replace(/<body[^>]*>/, (body) => `${body}${band}`);
}

const isPage = (text: string) => /^<!doctype html/i.test(text);

/** Every page in an answer, wherever it stands. */
export function markedAnswer(method: MethodName, value: unknown): unknown {
  if (asGiven.has(method)) return value;
  if (typeof value === 'string') return isPage(value) ? markedPage(value) : value;
  if (Array.isArray(value)) return value.map((one) => markedAnswer(method, one));
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, markedAnswer(method, one)]));
}

/** A document that is written to a file. What is no document of Word stays as it is. */
export const markedFile = (method: MethodName, bytes: Uint8Array): Uint8Array =>
  asGiven.has(method) ? bytes : markedDocx(bytes, demoText.line);
