import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import type { Saved, Whole } from '#shared/api/types.ts';
import { type CodeBook, createCodeBook } from '#shared/domain/code-list.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { asUsed } from '#shared/ledgers/optional.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { publishedText } from '#shared/text/mappings.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { labelOfPath, problemTextAt } from '#shared/text/problems.ts';
import { onLine } from '#shared/text/reader.ts';
import { textOf } from '../arguments.ts';
import type { Answer, OptionValues, Run } from '../command.ts';
import { readText } from '../run.ts';

/** A record from a file: one JSON object. Throws `json-broken` with the file's name. */
function readRecordFile(file: string): Record<string, unknown> {
  const refusal = (cause?: unknown) => new AppError('json-broken', { file: path.basename(file) }, { cause });
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    throw error instanceof AppError ? error : refusal(error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal();
  return value as Record<string, unknown>;
}

/** An id; what cannot be one names no record, or whatever else was asked for. */
export function idOf(
  options: OptionValues,
  absent: 'record-missing' | 'attachment-missing' = 'record-missing',
): string {
  const id = textOf(options, 'id');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError(absent, { id });
  return id;
}

/** The fields stand beside what belongs to every record; no field of a ledger has one of these names (a test). */
function plain({ ledger, id, unitId, state, version, title, record, actions }: Whole) {
  return { ledger, id, unitId, state, version, title, ...record, actions };
}

const specOf = (name: string) => ledgers.find((one) => one.name === name);

function savedAnswer(saved: Saved): Answer {
  const spec = specOf(saved.ledger);
  const given = saved.record[spec?.number?.field ?? ''];
  const number = String(given ?? saved.id);
  const isPending = spec?.number && !given && !spec.workflow.states[saved.state]?.isUnnumbered;
  const warnings = Object.entries(saved.warnings).map(([at, problem]) =>
    say.warning(spec ? problemTextAt(spec, at, problem, onLine) : at),
  );
  const state = spec?.workflow.states[saved.state]?.label ?? saved.state;
  return {
    json: { ...plain(saved), warnings: saved.warnings },
    text: [
      say.savedRecord(spec?.title ?? saved.ledger, number, state),
      ...(isPending ? [say.warning(numberingText.savedPending)] : []),
      ...warnings,
    ].join('\n'),
  };
}

export const add: Run = async ({ options, signIn }) => {
  const record = readRecordFile(textOf(options, 'file'));
  const ledger = await signIn(say.reason);
  return savedAnswer(await ledger.call('ledger.save', { ledger: textOf(options, 'ledger'), record }));
};

export const act: Run = async ({ options, signIn }) => {
  const { file } = options;
  const record = typeof file === 'string' ? readRecordFile(file) : undefined;
  const ledger = await signIn(say.reason);
  const input = {
    id: idOf(options),
    action: textOf(options, 'action'),
    ...(record ? { record } : {}),
  };
  return savedAnswer(await ledger.call('ledger.act', input));
};

export const get: Run = async ({ options, signIn }) => {
  const ledger = await signIn(say.reason);
  const whole = await ledger.call('ledger.get', { id: idOf(options) });
  const published = await ledger.call('mapping.record', { id: whole.id });
  // Events are records of their own with the ledgers that have them; the registers of today have none.
  const codes = createCodeBook(await ledger.call('codes.lists', {}));
  const spec = specOf(whole.ledger);
  const used = spec && asUsed(spec, await ledger.call('fields.on', {}));
  const lists = published.map((one) => `${one.title}\t${publishedText(one)}`);
  return {
    json: { ...plain(whole), events: [], versions: whole.versions, published },
    text: [wholeText(whole, used, codes), ...lists].join('\n'),
  };
};

function wholeText(whole: Whole, spec: LedgerSpec | undefined, codes: CodeBook): string {
  const titleOf = (key: string) => whole.titles[key] ?? null;
  const context: LabelContext = {
    labelOf: codes.label,
    titleOf: (_ledger, id) => titleOf(id),
    areaOf: titleOf,
  };
  const told = (fields: FieldSpecs, name: string, value: unknown) => {
    const field = fields[name];
    return field ? kindOf(field.kind).toText(value, field, context) : String(value);
  };
  const lines = Object.entries(whole.record).flatMap(([name, value]) => {
    if (spec?.fields[name]?.isOff) return [];
    const label = spec ? labelOfPath(spec, name) : name;
    if (!Array.isArray(value)) return [`${label}\t${told(spec?.fields ?? {}, name, value)}`];
    const fields = spec?.children[name]?.fields ?? {};
    const row = (one: Readonly<Record<string, unknown>>) =>
      Object.entries(one).map(([field, part]) => told(fields, field, part));
    return value.map((one) => `${label}\t${row(one).join(' ')}`);
  });
  const state = spec?.workflow.states[whole.state]?.label ?? whole.state;
  const head = `${spec?.title ?? whole.ledger} ${whole.title}（${state}）`;
  return [head, ...lines, say.versions(whole.versions.length)].join('\n');
}
