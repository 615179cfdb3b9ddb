import type { Right } from '#shared/api/rights.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import type { ContentOf } from '#shared/kinds/fields.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import type { LegalRule } from './legal-rules.ts';
import type { PersonSpec } from './persons.ts';
import type { AroundRecord } from './rules.ts';
import type { Condition, Workflow } from './workflow.ts';

export type ChildSpec = {
  readonly title: string;
  readonly table: string;
  readonly fields: FieldSpecs;
  /** Fewest rows a record is saved with. */
  readonly min: number;
  /** Its rows say something of the record's own fields and are shown there, not as rows of their own. */
  readonly isBeside?: boolean;
  /** Rows that a new record begins with; further ones begin as the last. What is not filled further is not saved. */
  readonly begins?: readonly Readonly<Record<string, string>>[];
};

/**
 * Rules between fields, as data. `first` of a rule of days may name several fields, of which the first that is filled
 * counts, and fields of the record that a field of kind `ref` names ('caseId.acceptedOn'): those are the core's to look at.
 */
export type FieldRule =
  | LegalRule
  | {
      readonly rule: 'after';
      readonly first: string | readonly string[];
      readonly then: string;
      readonly when?: readonly Condition[];
      /** Unusual, but not impossible: kept, and said. */
      readonly isWarning?: true;
    }
  /**
   * `then` later than the last day of a period is kept, and said with the reason, or refused. The period is a rule of
   * deadlines, by its code.
   */
  | {
      readonly rule: 'inTime';
      readonly deadline: string;
      readonly then: string;
      readonly why: string;
      readonly when?: readonly Condition[];
      readonly isRefused?: true;
      /** The period as it was before it was extended. */
      readonly isUnextended?: true;
    }
  /** `then` later than so many days after `first` is kept, and said with the reason. */
  | {
      readonly rule: 'within';
      readonly first: string | readonly string[];
      readonly then: string;
      readonly days: number;
      readonly when?: readonly Condition[];
      readonly why: string;
    }
  /** The same, counted in months. */
  | {
      readonly rule: 'withinMonths';
      readonly first: string;
      readonly then: string;
      readonly months: number;
      readonly why: string;
    }
  /** `then` may not lie before the end of so many months from `first`. */
  | { readonly rule: 'beyond'; readonly first: string; readonly then: string; readonly months: number }
  /** Which codes of `field` may stand beside a code of another; what is not named may stand beside all. */
  | {
      readonly rule: 'fits';
      readonly field: string;
      readonly beside: string;
      readonly allows: Readonly<Record<string, readonly string[]>>;
      readonly isWarning?: true;
    }
  /** These codes of `field` cannot stand where one of the other fields is filled. */
  | {
      readonly rule: 'excludes';
      readonly field: string;
      readonly in: readonly string[];
      readonly filled: readonly string[];
    }
  /** Another record of the register with the same value is unusual; `orUnit`: the unit's short name too. The core's. */
  | { readonly rule: 'single'; readonly field: string; readonly orUnit?: true }
  /**
   * Another record of the register with the same value is refused. `asNumber`: what a reader takes for the same number;
   * the field is one that search finds, which is how the other is looked up. The core's.
   */
  | { readonly rule: 'unique'; readonly field: string; readonly asNumber?: true }
  /**
   * Of what `field` names, one record of the register at a time: from its day to the first of the days that is filled, or
   * on and on. `who` is named in the refusal. The core's.
   */
  | {
      readonly rule: 'oneAtATime';
      readonly field: string;
      readonly from: string;
      readonly to: readonly string[];
      readonly who: string;
      /** What the law says of it; without it, a thing that is out with somebody. */
      readonly why?: string;
    }
  /**
   * Another record of the register with the same values in all of these is said, at the last; with `why` only one in an open
   * state, and what that means. The core's.
   */
  | { readonly rule: 'alike'; readonly fields: readonly string[]; readonly why?: string }
  /** The record that `field` names was still good on the day: none of its days `ends` had come. The core's. */
  | {
      readonly rule: 'whileGood';
      readonly field: string;
      readonly on: string;
      readonly ends: readonly string[];
      /** What to do where it was not. */
      readonly advice?: string;
      /** Unusual, but not impossible: kept, and said where the day had gone by. */
      readonly isWarning?: true;
    }
  /**
   * No two records of the register in force from the same day under the same conditions; those that could both apply
   * to something on the same day are said. Looks at other records, so it is the core's.
   */
  | {
      readonly rule: 'apart';
      readonly conditions: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | { readonly rule: 'together'; readonly fields: readonly string[] };

export type Follows = {
  readonly field: string;
  readonly from: string;
  readonly when: { readonly field: string; readonly in: readonly string[] };
};

/**
 * A value that the program works out from the others, in the window as in the core; what needs other records gives
 * undefined where they cannot be seen, and the value stays as it is. The field is `derived` in its description.
 */
export type Derived = {
  readonly field: string;
  readonly of: (content: RecordContent, around: AroundRecord) => Scalar | undefined;
};

/** `then` may not lie before `first`. */
export const after = (
  first: string | readonly string[],
  then: string,
  when: readonly Condition[] = [],
): FieldRule => ({ rule: 'after', first, then, when });
/** `then` before `first` is unusual. */
export const usuallyAfter = (first: string | readonly string[], then: string): FieldRule => ({
  rule: 'after',
  first,
  then,
  isWarning: true,
});
/** `then` later than the last day under a rule of deadlines is unusual (or refused), because of `why`. */
export const inTime = (
  deadline: string,
  then: string,
  why: string,
  more: Partial<Pick<Extract<FieldRule, { rule: 'inTime' }>, 'when' | 'isRefused' | 'isUnextended'>> = {},
): FieldRule => ({ rule: 'inTime', deadline, then, why, ...more });
/** `then` later than so many days after `first` is unusual, because of `why`. */
export const within = (
  first: string | readonly string[],
  then: string,
  days: number,
  why: string,
  when: readonly Condition[] = [],
): FieldRule => ({ rule: 'within', first, then, days, why, when });
/** `then` later than so many months after `first` is unusual, because of `why`. */
export const withinMonths = (first: string, then: string, months: number, why: string): FieldRule => ({
  rule: 'withinMonths',
  first,
  then,
  months,
  why,
});
/** `then` may not lie before the end of so many months from `first`. */
export const beyond = (first: string, then: string, months: number): FieldRule => ({
  rule: 'beyond',
  first,
  then,
  months,
});
/** Either all of them or none. */
export const together = (...fields: string[]): FieldRule => ({ rule: 'together', fields });

/**
 * A ledger, described once. Types, checks, form, list, filters, search text and canonical content follow from it;
 * the table is written by hand (a test compares), the workflow and special screens are code.
 */
export type LedgerSpec = {
  readonly name: string;
  readonly table: string;
  readonly title: string;
  /** What one record is called in sentences, e.g. 案件. */
  readonly noun: string;
  readonly workflow: Workflow;
  readonly sections: Readonly<Record<string, string>>;
  readonly fields: FieldSpecs;
  readonly children: Readonly<Record<string, ChildSpec>>;
  readonly rules: readonly FieldRule[];
  readonly derives?: readonly Derived[];
  /** The text that stands for a record in lists and hits. */
  readonly headline: { readonly field: string } | { readonly children: string; readonly field: string };
  /** The field (kind `ref`) of the record that it is a part of; a hit of a search says which. */
  readonly partOf?: string;
  /** Fields that stand beside its title where it is listed under the record that it names: none that would be masked. */
  readonly beside?: readonly string[];
  /** What is said of it in a word beside its state, as it stands on a day. */
  readonly marks?: (content: RecordContent, today: string) => readonly string[];
  /** The day a record belongs to: order of the list, of search hits, the year of its number. */
  readonly day: string;
  /** What a simple record needs, in a form that begins short: fields, and `child.field`. Required ones are shown anyway. */
  readonly brief?: readonly string[];
  /** Further columns of the register of a year, besides those of the list and of a simple record. */
  readonly book?: readonly string[];
  /** What a copy for a like record takes with it: fields, and `child.field`. */
  readonly copies?: readonly string[];
  /** What a new record takes from the last one that the same account made. */
  readonly remembers?: readonly string[];
  /** Fields that are filled from another one as long as they are empty or follow it. */
  readonly follows?: readonly Follows[];
  /** A new record begins with today as its day; that of a numbered ledger does anyway. */
  readonly beginsToday?: boolean;
  /**
   * The field that the program numbers, if any. The pattern is the one before a unit chose its own. `scope`: the short
   * name in the number is that of the record which the field `by` points at, out of its field `name`; else the unit's.
   */
  readonly number?: {
    readonly field: string;
    readonly pattern: string;
    readonly scope?: { readonly by: string; readonly name: string };
    /**
     * A second number with the same short name, year and number, given where it is empty and the conditions hold, unless
     * it was declared 不适用. Anybody may write another; it is printed, and no key of anything.
     */
    readonly also?: {
      readonly field: string;
      readonly pattern: string;
      readonly when: readonly Condition[];
    };
  };
  /**
   * The field by which a file is called that the program does not number: all that is left of it to be seen once its content
   * was taken out. It says nothing of anybody.
   */
  readonly calledBy?: string;
  /** Some ten thousand records at most, in whatever bureau: any of them can be chosen, not only the newest. */
  readonly isSmall?: true;
  /** The right that a change of its records needs, where it is another than that of every clerk (`ledger.write`). */
  readonly changedBy?: Right;
  /** Which rows are persons, for the index of persons, likely matches and warnings at intake. */
  readonly persons?: readonly PersonSpec[];
};

export function describeLedger<const L extends LedgerSpec>(spec: L): L {
  return spec;
}

type ChildrenOf<C extends Readonly<Record<string, ChildSpec>>> = {
  [N in keyof C]: ContentOf<C[N]['fields']>[];
};

/** The content of a record of this ledger, as code reads and writes it. */
export type RecordOf<L extends LedgerSpec> = ContentOf<L['fields']> & ChildrenOf<L['children']>;

const columns = new Map<string, string>();

/** camelCase field name → snake_case column. Asked for every field of every row that is read: each is made once. */
export function columnOf(field: string): string {
  const known = columns.get(field);
  if (known !== undefined) return known;
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(field, column);
  return column;
}

/** Columns every ledger table has, before the described ones. */
const systemColumns = [
  'seq',
  'id',
  'unit_id',
  'state',
  'version',
  'depth',
  'tips',
  'title',
  'updated_at',
] as const;

/** Numbers are texts of which the tenth would come before the second; a numbered ledger is put in order by this one. */
export const numberOrder = 'number_order';

export function systemColumnsOf(ledger: LedgerSpec): readonly string[] {
  return ledger.number ? [...systemColumns, numberOrder] : systemColumns;
}

/** The column that a list is put in order by. */
export function orderColumnOf(ledger: LedgerSpec, field: string): string {
  return ledger.number?.field === field ? numberOrder : columnOf(field);
}

/** The field whose value names a record where its title may not: its number, or that of its file. */
export const numberFieldOf = ({ number, calledBy }: LedgerSpec): string | undefined =>
  number?.field ?? calledBy;

/** Registers that a record's form chooses from or that hold parts of it, with all that those need in turn. */
export function workedWith(ledgers: readonly LedgerSpec[], name: string): string[] {
  const found = new Set([name]);
  for (const one of found)
    for (const ledger of ledgers) {
      const refs = Object.values(ledger.fields).flatMap(({ ref }) => (ref === undefined ? [] : [ref]));
      if (ledger.name === one) for (const ref of refs) found.add(ref);
      if (ledger.partOf !== undefined && ledger.fields[ledger.partOf]?.ref === one) found.add(ledger.name);
    }
  return [...found];
}

/** The right that a change of its records needs. */
export const rightToChange = (ledger: LedgerSpec): Right => ledger.changedBy ?? 'ledger.write';

/** Registers of whose records papers are made; which, is data (seeds/templates), and a test compares. */
const withPapers: ReadonlySet<string> = new Set([
  'mediation',
  'correction',
  'evaluation',
  'leave',
  'crossing',
  'relocation',
  'measure',
  'positioning',
  'contact',
]);

export const hasPapers = (ledger: LedgerSpec): boolean => withPapers.has(ledger.name);
