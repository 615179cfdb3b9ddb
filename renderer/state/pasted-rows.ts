import { readCreditCode } from '#shared/domain/credit-code.ts';
import type { Day } from '#shared/domain/day.ts';
import { normaliseIdentityNumber, readIdentityNumber } from '#shared/domain/identity-number.ts';
import { readPhones } from '#shared/domain/phone.ts';
import { cleanLine, toHalfWidth } from '#shared/domain/text-normalise.ts';
import type { ChildSpec } from '#shared/ledgers/describe.ts';
import type { PersonRole, PersonSpec } from '#shared/ledgers/persons.ts';
import type { Codes } from './codes.ts';
import { type FormRow, filledFromIdentity, newRow, numberField, valueFromTyped } from './record-content.ts';

// Several persons at once, as they are copied from a table or a message: a person a line, and what a cell is told by
// how it looks. What looks like nothing goes to the address, so that nothing of it is lost.

export type PastedInto = { child: ChildSpec; person: PersonSpec; codes: Codes; today: Day };

/** More at once nobody looks through: a case of wages may have two hundred claimants. */
export const mostPasted = 200;
const heading = /^(?:序号|姓名|名称|当事人)/;
const labelled = /^\p{Script=Han}{1,10}\s*[:：]\s*/u;

type Cell = { role: PersonRole | 'side'; text: string };

export const linesOf = (text: string): string[] =>
  text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');

/** The rows that the text stands for; null where it is one person's name, to be put in as it stands. */
export function rowsFromPasted(text: string, into: PastedInto): FormRow[] | null {
  const lines = linesOf(text);
  if (lines.length === 0) return null;
  const isTable = lines.some((line) => line.trim().includes('\t'));
  const rows = lines.map((line) => read(line, isTable, into));
  const [first] = rows;
  const isHeaded = rows.length > 1 && first?.every(({ role }) => role === 'name' || role === 'address');
  const told = isHeaded && first?.some(({ text: cell }) => heading.test(cell)) ? rows.slice(1) : rows;
  // One line without anything but a name is typed text, however it is spaced
  if (told.length === 1 && !told[0]?.some(({ role }) => isNumber(role))) return null;
  return told.filter((cells) => cells.length > 0).map((cells) => rowOf(cells, into));
}

const isNumber = (role: Cell['role']) => role === 'idNumber' || role === 'creditCode' || role === 'phone';

function read(line: string, isTable: boolean, into: PastedInto): Cell[] {
  const parts = isTable ? line.split('\t') : line.split(/[,，;；|｜\s]+/);
  const texts = joined(parts.map((part) => cleanLine(part).replace(/^['’]/, '').replace(labelled, '')));
  // The numbers of a table's lines are nobody's
  const plain = /^\d{1,3}[.、]?$/.test(texts[0] ?? '') ? texts.slice(1) : texts;
  const cells: Cell[] = [];
  for (const text of plain) {
    const has = (role: Cell['role']) => cells.some((cell) => cell.role === role);
    const role = roleOf(text, has('name'), into);
    cells.push({ role: role !== null && !has(role) ? role : has('name') ? 'address' : 'name', text });
  }
  return cells;
}

/** 张 三 is one name. */
function joined(parts: readonly string[]): string[] {
  const texts = parts.filter((part) => part !== '');
  const [one = '', two = ''] = texts;
  const isSplit = /^\p{Script=Han}$/u.test(one) && /^\p{Script=Han}$/u.test(two);
  return isSplit ? [one + two, ...texts.slice(2)] : texts;
}

function roleOf(
  text: string,
  hasName: boolean,
  { child, person, codes, today }: PastedInto,
): Cell['role'] | null {
  const number = normaliseIdentityNumber(text);
  if (readIdentityNumber(number, { today }).ok) return 'idNumber';
  if (readCreditCode(number.toUpperCase()).ok) return 'creditCode';
  // Mistyped, or made a power of ten by a spreadsheet: the check of the field says so
  if (/^(?:\d{15}|\d{17}[\dXx])$/.test(number) || /^\d(?:\.\d+)?E\+\d+$/i.test(number)) return 'idNumber';
  if (/^(?=.*\d)[0-9A-Z]{18}$/i.test(number)) return 'creditCode';
  if (text.replaceAll(/\D/g, '').length >= 7 && readPhones(text)) return 'phone';
  const isCode = (field: string | undefined) => codeOf(field, text, child, codes, today) !== null;
  if (isCode(person.side)) return 'side';
  if (isCode(person.fields.kind)) return 'kind';
  // 满 and 白 are surnames too
  if (!hasName) return null;
  if (isCode(person.fields.sex)) return 'sex';
  if (isCode(person.fields.nation)) return 'nation';
  const birth = child.fields[person.fields.birthOn ?? ''];
  return birth && valueFromTyped(birth, text) !== text ? 'birthOn' : null;
}

/** The code that is called so; numbers in a table are no codes. */
function codeOf(
  field: string | undefined,
  text: string,
  child: ChildSpec,
  codes: Codes,
  today: Day,
): string | null {
  const word = toHalfWidth(text).trim();
  const list = child.fields[field ?? '']?.codes;
  if (!list || /^\d*$/.test(word)) return null;
  const item = codes.items(list, today).find(({ label, aliases = [] }) => [label, ...aliases].includes(word));
  return item?.code ?? null;
}

function rowOf(cells: readonly Cell[], { child, person, codes, today }: PastedInto): FormRow {
  const row: FormRow = {};
  for (const { role, text } of cells) {
    const field = role === 'side' ? person.side : person.fields[role];
    const spec = child.fields[field ?? ''];
    if (field === undefined || !spec) continue;
    if (role === 'address' && row[field]) row[field] = `${row[field]} ${text}`;
    else row[field] = codeOf(field, text, child, codes, today) ?? valueFromTyped(spec, text, today);
  }
  // A number of an organisation is on no natural person
  const { creditCode, kind } = person.fields;
  const { when } = child.fields[creditCode ?? ''] ?? {};
  if (creditCode && row[creditCode] && kind && when?.field === kind && !row[kind])
    row[kind] = when.in[0] ?? null;
  return row;
}

/** The rows with those that were pasted at a place: the first fills what is empty there, the others follow on its side. */
export function withPasted(
  rows: readonly FormRow[],
  index: number,
  pasted: readonly FormRow[],
  { child, person, codes, today }: PastedInto,
): FormRow[] {
  const number = numberField(child.fields) ?? '';
  const [first = {}, ...others] = pasted;
  const here = rows[index] ?? newRow(child, rows, codes, today);
  const own: FormRow = { ...first };
  const begun = new Set([person.side, person.fields.kind, person.fields.name]);
  for (const [field, value] of Object.entries(here))
    if (value !== null && value !== '' && !(begun.has(field) && first[field])) own[field] = value;
  const added = others.map((row) => {
    const begins = newRow(child, [own], codes, today);
    return { ...begins, ...(person.side ? { [person.side]: own[person.side] ?? null } : {}), ...row };
  });
  const filled = [own, ...added].map((row) => filledFromIdentity(child.fields, row, number, today));
  return [...rows.slice(0, index), ...filled, ...rows.slice(index + 1)];
}
