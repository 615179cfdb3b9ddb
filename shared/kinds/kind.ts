import type { FieldProblem } from '#shared/api/errors.ts';
import type { Day } from '#shared/domain/day.ts';

/** The closed set of field kinds. A thirteenth needs a decision in shared/README.md. */
const kindNames = [
  'text',
  'note',
  'day',
  'code',
  'count',
  'money',
  'flag',
  'identity',
  'credit',
  'phone',
  'ref',
  'division',
] as const;
export type KindName = (typeof kindNames)[number];

/** How a value is hidden from whoever has not given a reason; `none` for what its kind would hide. */
export type VeilKind =
  | 'name'
  | 'names'
  | 'identity'
  | 'phone'
  | 'address'
  | 'day'
  | 'text'
  | 'hidden'
  | 'none';

/** Where the named field has one of the values. */
export type Condition = { readonly field: string; readonly in: readonly string[] };

/** What a description says of one field. A property is here only when two parts of the program read it. */
export type FieldSpec = {
  readonly kind: KindName;
  readonly label: string;
  /** Key of the ledger's `sections`; children have none. */
  readonly section?: string;
  /** Without it a record cannot be saved at all. What a later step asks for stands in the workflow. */
  readonly required?: boolean;
  /** Smallest count. */
  readonly min?: number;
  /** Largest count. */
  readonly most?: number;
  /** Earliest day, where it is another than that of every day (kind `day`): of births. */
  readonly earliest?: string;
  /** Longest text, in characters. */
  readonly max?: number;
  /** Neither digits nor signs (kind `text`): what stands between the digits of a number must be told from them. */
  readonly lettersOnly?: boolean;
  /** Name of the code list (kind `code`). */
  readonly codes?: string;
  /** Name of the ledger whose record is meant (kind `ref`). */
  readonly ref?: string;
  /** `warns`: unusual, but not impossible. */
  readonly notFuture?: boolean | 'warns';
  /** As long as the record is open, the one it names by this field (kind `ref`) cannot be voided. */
  readonly holds?: boolean;
  /** Column of the list, with its width in pixels. */
  readonly list?: number;
  /** The list can be sorted by it; the table has an index for it. */
  readonly sort?: boolean;
  /** The list can be filtered by it; the table has an index for it. */
  readonly filter?: boolean;
  /** Its text can be found. `name` also by pinyin initials. */
  readonly search?: 'text' | 'name';
  /** Shown and kept only when the named field has one of the values. */
  readonly when?: Condition;
  /** Until the record is so far, the day of another field stands in its place: that one is asked for instead. */
  readonly standIn?: { readonly field: string; readonly when: Condition };
  /** Name of a field that this register and the one meant (kind `ref`) both have, with the same value as a rule. */
  readonly sharing?: string;
  /** A person's or an organisation's name: what is none, like digits alone, is refused. */
  readonly isName?: boolean;
  /** Off until the unit turns it on (shared/ledgers/optional.ts): a field of a register itself, neither found nor derived. */
  readonly optional?: true;
  /** An optional field that the unit has not turned on. No description says so; `asUsed` does. */
  readonly isOff?: true;
  /** Set by the program, never typed. */
  readonly system?: boolean;
  /** Worked out by the program (`derives` of the ledger) and shown, never typed. */
  readonly derived?: boolean;
  /** Field of the same record that gives the reason for keeping a value that fails its check. */
  readonly reasonIn?: string;
  /** May be declared 不适用 with a reason (shared/ledgers/waivers.ts), also where a step asks for it. */
  readonly mayWaive?: boolean;
  /**
   * How it is hidden at first; without it by its kind: numbers and telephones are masked, long texts hidden whole
   * (shared/ledgers/veil.ts).
   */
  readonly veil?: VeilKind;
  /** Short help under the field. */
  readonly hint?: string;
  /** The help is for these only. */
  readonly hintWhen?: Condition;
};

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** A checked value, or what is wrong with it. A warning does not stop a save. */
export type Read<V> = { ok: true; value: V; warning?: FieldProblem } | { ok: false; problem: FieldProblem };

/** What a check may need to know from outside the value. */
export type CheckContext = {
  /** Today as 'YYYY-MM-DD'. */
  today: string;
  /** Whether a record of this day may carry the code. */
  hasCode(list: string, code: string): boolean;
  /** Whether the record exists in the ledger. */
  hasRecord(ledger: string, id: string): boolean;
  /** Whether a reason stands beside the value, so that a failing check only warns. */
  hasReason: boolean;
};

export type LabelContext = {
  labelOf(list: string, code: string): string | null;
  titleOf(ledger: string, id: string): string | null;
  areaOf(code: string): string | null;
};

/**
 * One kind of field: how a value is checked, typed, shown and stored. Kinds are plain functions, not schemas:
 * a merge of 300,000 records passes through them (decision in shared/README.md).
 */
export type Kind<V> = {
  readonly name: KindName;
  readonly sqlType: 'TEXT' | 'INTEGER';
  /** Checks a value as JSON gives it. Null and '' never get here. */
  check(value: unknown, spec: FieldSpec, context: CheckContext): Read<V>;
  /** Reads what a person typed or a workbook holds; `today` for what is short of a year, or says 昨天. */
  fromText(typed: string, spec: FieldSpec, today?: Day): Read<unknown>;
  /** As lists, forms and papers show it. */
  toText(value: V, spec: FieldSpec, context: LabelContext): string;
};

export const good = <V>(value: V, warning?: FieldProblem): Read<V> =>
  warning ? { ok: true, value, warning } : { ok: true, value };
export const bad = (problem: FieldProblem): { ok: false; problem: FieldProblem } => ({ ok: false, problem });
