import type { FieldSpec } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from './describe.ts';

/**
 * Optional fields (`optional` in the description): off until the unit turns them on, because only what the purpose needs
 * may be asked for (个人信息保护法 art. 6) and provinces differ in what their forms want. A field that is off stands in no
 * form, list, filter, print or paper. What was entered stays in the record, in its versions and in its history.
 */

/** Names of the fields that a unit turned on, by register. */
export type FieldsOn = Readonly<Record<string, readonly string[]>>;

export const optionalFieldsOf = ({ fields }: LedgerSpec): string[] =>
  Object.keys(fields).filter((name) => fields[name]?.optional);

const namesIn = (rule: object): unknown[] => Object.values(rule).flat();

/** The register as a unit uses it: what is off is kept and nothing more, and no rule speaks of it. */
export function asUsed(ledger: LedgerSpec, on: FieldsOn): LedgerSpec {
  const off = new Set(optionalFieldsOf(ledger).filter((name) => !on[ledger.name]?.includes(name)));
  if (off.size === 0) return ledger;
  const withoutOff = (names: readonly string[] | undefined) => names?.filter((name) => !off.has(name)) ?? [];
  return {
    ...ledger,
    fields: Object.fromEntries(
      Object.entries(ledger.fields).map(([name, spec]) => [name, off.has(name) ? turnedOff(spec) : spec]),
    ),
    rules: ledger.rules.filter((rule) => !namesIn(rule).some((name) => off.has(String(name)))),
    follows: (ledger.follows ?? []).filter(({ field, from }) => !off.has(field) && !off.has(from)),
    ...(ledger.brief ? { brief: withoutOff(ledger.brief) } : {}),
    book: withoutOff(ledger.book),
    copies: withoutOff(ledger.copies),
    remembers: withoutOff(ledger.remembers),
  };
}

function turnedOff({ required, list, sort, filter, ...kept }: FieldSpec): FieldSpec {
  return { ...kept, isOff: true };
}
