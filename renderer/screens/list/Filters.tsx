import { Select } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { today } from '#renderer/state/clock.ts';
import type { Codes } from '#renderer/state/codes.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { isDay } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { listText } from '#shared/text/records.ts';

/** Chosen of the number: there is none yet, but there should be. The core takes it as null. */
const waits = 'waiting';

/** The list of those who wait for a number. */
export const waitingFilter = (ledger: string): Record<string, readonly string[]> => ({
  [ledgers.find(({ name }) => name === ledger)?.number?.field ?? '']: [waits],
});

type Range = { from?: string; to?: string };
export type Filter = Readonly<Record<string, readonly string[] | Range>>;

/** The conditions that say something, as the core takes them; half-typed days do not count. */
export function filterInput(filter: Filter): InputOf<'ledger.list'>['filter'] {
  const wanted: Record<string, string[] | Range | null> = {};
  for (const [field, value] of Object.entries(filter)) {
    if (Array.isArray(value)) {
      if (value.length > 0) wanted[field] = value[0] === waits ? null : [...(value as readonly string[])];
      continue;
    }
    const { from, to } = value as Range;
    const range: Range = { ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) };
    if (range.from !== undefined || range.to !== undefined) wanted[field] = range;
  }
  return Object.keys(wanted).length > 0 ? wanted : undefined;
}

type Props = { ledger: LedgerSpec; filter: Filter; onChange(filter: Filter): void; codes: Codes };

/** Conditions that the description offers: the state, codes, records and days marked `filter`. */
export function Filters({ ledger, filter, onChange, codes }: Props) {
  const reading = useReadings();
  const set = (field: string, value: readonly string[] | Range) => onChange({ ...filter, [field]: value });
  const many = (field: string, label: string, options: { value: string; label: string }[]) => (
    <div key={field} className="filter">
      <label htmlFor={`filter-${field}`}>{label}</label>
      <Select
        id={`filter-${field}`}
        mode="multiple"
        size="small"
        allowClear
        maxTagCount="responsive"
        className="filter-select"
        value={[...((filter[field] ?? []) as readonly string[])]}
        onChange={(value: string[]) => set(field, value)}
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.value} ${option?.label} ${reading(String(option?.label))}`.includes(
              typed.trim().toLowerCase(),
            ),
        }}
        options={options}
      />
    </div>
  );
  const states = Object.entries(ledger.workflow.states).map(([value, { label }]) => ({ value, label }));
  return (
    <search className="filters" data-form>
      {many('state', listText.state, states)}
      {ledger.number &&
        many(ledger.number.field, numberingText.title, [{ value: waits, label: numberingText.pending }])}
      {Object.entries(ledger.fields)
        .filter(([, spec]) => spec.filter)
        .map(([field, spec]) => {
          if (spec.kind === 'code') {
            const items = codes.items(spec.codes ?? '', today());
            return many(
              field,
              spec.label,
              items.map(({ code, label }) => ({ value: code, label })),
            );
          }
          if (spec.kind === 'ref') return <RefFilter key={field} field={field} spec={spec} many={many} />;
          if (spec.kind !== 'day') return null;
          const range = (filter[field] ?? {}) as Range;
          return (
            <div key={field} className="filter">
              <label htmlFor={`filter-${field}-from`}>{spec.label}</label>
              {(['from', 'to'] as const).map((end) => (
                <span key={end} className="filter-day">
                  {end === 'to' && <span className="quiet">{listText.until}</span>}
                  <DayInput
                    id={`filter-${field}-${end}`}
                    label={end === 'from' ? listText.from(spec.label) : listText.to(spec.label)}
                    placeholder={listText.dayHint}
                    value={range[end] ?? ''}
                    onChange={(day) => set(field, { ...range, [end]: day })}
                    today={today()}
                    spec={spec}
                  />
                </span>
              ))}
            </div>
          );
        })}
    </search>
  );
}

type RefProps = {
  field: string;
  spec: FieldSpec;
  many(field: string, label: string, options: { value: string; label: string }[]): React.ReactNode;
};

function RefFilter({ field, spec, many }: RefProps) {
  const choices = useQuery('ledger.choices', { ledger: spec.ref ?? '', limit: 200 });
  return many(
    field,
    spec.label,
    (choices.value ?? []).map(({ id, label }) => ({ value: id, label })),
  );
}
