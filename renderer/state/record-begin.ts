import type { Draft, RecordContent, Scalar } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type Telling, toldIn, withoutTold } from '#shared/ledgers/telling.ts';
import type { Opening, Step } from '#shared/ledgers/workflow.ts';
import type { FormContent, FormRow } from './record-content.ts';
import type { TakenRows } from './record-taken.ts';
import type { Waiting } from './record-waiting.ts';
import { openRecord } from './route.ts';

/** The record whose step is taken by saving the new one, as it was seen; `title` is for the clerk to see. */
export type Origin = { id: string; action: string; title: string; baseVersion?: string };

/** As a save names it. */
export const takenFrom = ({ title: _title, ...origin }: Origin) => origin;

/** What a new record begins with besides its ledger's own beginning. */
export type Begins = {
  from: 'copy' | 'origin' | 'related';
  content: FormContent;
  origin?: Origin;
  blanked?: Blanked;
};

/** What gave way to blanks in copied texts, by their fields. */
export type Blanked = Readonly<Record<string, readonly Telling[]>>;

/** The content with what another one has; child rows are laid over each other by their place. */
export function laidOver(base: FormContent, more: FormContent): FormContent {
  const content = { ...base };
  for (const [name, value] of Object.entries(more)) {
    const before = content[name];
    if (!Array.isArray(value)) content[name] = value;
    else {
      const rows = Array.isArray(before) ? [...before] : [];
      value.forEach((row, at) => {
        rows[at] = { ...rows[at], ...row };
      });
      content[name] = rows;
    }
  }
  return content;
}

/** Only what is empty yet is filled: what somebody typed meanwhile stands. */
export function filledUp(content: FormContent, more: RecordContent): FormContent {
  const filled = { ...content };
  for (const [name, value] of Object.entries(more)) {
    if (!Array.isArray(value) && isEmpty(filled[name])) filled[name] = value;
  }
  return filled;
}

/**
 * What a like case takes from this one, as the description `copies`. What its texts tell of the persons of this one
 * becomes blanks: nobody's name or number may pass into another's agreement unseen.
 */
export function copyOf(ledger: LedgerSpec, content: FormContent): { content: FormContent; blanked: Blanked } {
  const copies = ledger.copies ?? [];
  const copy: FormContent = {};
  const blanked: Record<string, readonly Telling[]> = {};
  const told = toldIn(ledger, content as RecordContent);
  for (const path of copies) {
    const [name = '', field] = path.split('.');
    const value = content[name];
    if (field === undefined) {
      if (isEmpty(value) || Array.isArray(value)) continue;
      copy[name] = value ?? null;
      const { kind } = ledger.fields[name] ?? {};
      if (typeof value !== 'string' || (kind !== 'text' && kind !== 'note')) continue;
      const { text, left } = withoutTold(value, told);
      copy[name] = text;
      if (left.length > 0) blanked[name] = left;
    } else if (Array.isArray(value)) {
      const rows = (copy[name] ?? value.map(() => ({}))) as FormRow[];
      copy[name] = rows.map((row, at) => ({ ...row, [field]: value[at]?.[field] ?? null }));
    }
  }
  return { content: copy, blanked };
}

/** What a record begins with that is opened by a step of another one. */
export function openedWith(opens: Opening, target: LedgerSpec, from: FormContent): FormContent {
  const content: FormContent = { ...opens.begins };
  for (const [field, source] of Object.entries(opens.carries)) {
    if (!isEmpty(from[source])) content[field] = from[source] as Scalar;
  }
  const child = opens.names && target.children[opens.names.child];
  if (opens.names && child) {
    const { child: name, field, from: source } = opens.names;
    const names = String(from[source] ?? '')
      .split(/[、，,；;\s]+/)
      .filter((one) => one !== '');
    const begin = (at: number) => child.begins?.[at] ?? child.begins?.at(-1) ?? {};
    if (names.length > 0) content[name] = names.map((one, at) => ({ ...begin(at), [field]: one }));
  }
  return content;
}

/** Fields that follow another one, as the description says, as long as they are empty or did so before. */
export function followed(ledger: LedgerSpec, before: FormContent, after: FormContent): FormContent {
  const content = { ...after };
  for (const { field, from, when } of ledger.follows ?? []) {
    if (!when.in.includes(String(content[when.field] ?? ''))) continue;
    // What the clerk changes himself is his.
    if (before[field] !== content[field]) continue;
    if (isEmpty(content[field]) || (content[field] === before[from] && content[from] !== before[from]))
      content[field] = content[from] ?? null;
  }
  return content;
}

/** What follows, and is empty, once a step has given its values. */
export function filledBy(ledger: LedgerSpec, content: FormContent, sets: FormContent): FormContent {
  const after = followed(ledger, content, { ...content, ...sets });
  const fields = (ledger.follows ?? []).map(({ field }) => field);
  return Object.fromEntries(
    fields
      .filter((field) => isEmpty(content[field]) && !isEmpty(after[field]))
      .map((field) => [field, after[field] ?? null]),
  );
}

/** The value at `field` or `children.0.field`. */
export function valueAt(content: FormContent, path: string): Scalar {
  const [name = '', index, field = ''] = path.split('.');
  const value = content[name];
  if (index === undefined) return Array.isArray(value) ? null : (value ?? null);
  return Array.isArray(value) ? (value[Number(index)]?.[field] ?? null) : null;
}

/** The content that has these values at these paths; rows that are missing are left out. */
export function contentAt(values: Readonly<Record<string, Scalar>>): FormContent {
  const content: FormContent = {};
  for (const [path, value] of Object.entries(values)) {
    const [name = '', index, field = ''] = path.split('.');
    if (index === undefined) content[name] = value;
    else {
      const rows = (content[name] ?? []) as FormRow[];
      while (rows.length <= Number(index)) rows.push({});
      rows[Number(index)] = { ...rows[Number(index)], [field]: value };
      content[name] = rows;
    }
  }
  return content;
}

/** Where a draft keeps what stands beside the content; the core stores drafts as they are. */
const originName = '~origin';
const waitingName = '~waiting';
const titleName = '~title';
const takenName = '~taken';

/** `taken` by the places of the rows. */
type Beside = { origin: Origin | null; waiting: Waiting; taken: TakenRows };

/** The content as a draft keeps it. */
export function withBeside(content: FormContent, { origin, waiting, taken }: Beside): RecordContent {
  return {
    ...content,
    ...(origin === null ? {} : { [originName]: JSON.stringify(origin) }),
    ...(Object.keys(waiting).length === 0 ? {} : { [waitingName]: JSON.stringify(waiting) }),
    ...(Object.keys(taken).length === 0 ? {} : { [takenName]: JSON.stringify(taken) }),
  };
}

export function withoutBeside(draft: Draft | null): { content: FormContent } & Beside {
  const {
    [originName]: origin,
    [waitingName]: waiting,
    [takenName]: taken,
    [titleName]: _title,
    ...content
  } = (draft?.content ?? {}) as FormContent;
  return {
    content,
    origin: typeof origin === 'string' ? (JSON.parse(origin) as Origin) : null,
    waiting: typeof waiting === 'string' ? (JSON.parse(waiting) as Waiting) : {},
    taken: typeof taken === 'string' ? (JSON.parse(taken) as TakenRows) : {},
  };
}

/** A draft of a saved record in which nothing was changed: only copied texts wait in it. */
export const isOnlyWaiting = ({ recordId, content }: Draft): boolean =>
  recordId !== null && Object.keys(content).every((name) => name === waitingName || name === titleName);

/** What a list of drafts calls such a record. */
export const waitingDraft = (title: string): FormContent => ({ [titleName]: title });
export const titleOfDraft = ({ content }: Draft): string => String(content[titleName] ?? '');

/** Begins the record that a step of this one opens; the step is taken with its first save. */
export function openFrom(
  { action }: Step,
  opens: Opening,
  ledger: LedgerSpec,
  { id, version }: { id: string; version: string },
  content: FormContent,
): void {
  const target = ledgers.find(({ name }) => name === opens.ledger);
  if (!target) return;
  const title = headlineOf(ledger, content as RecordContent);
  const origin: Origin = { id, action, title, baseVersion: version };
  openRecord(target.name, null, null, {
    from: 'origin',
    content: openedWith(opens, target, content),
    origin,
  });
}
