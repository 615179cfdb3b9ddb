import { Select } from 'antd';
import { useRef, useState } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { today } from '#renderer/state/clock.ts';
import type { Codes } from '#renderer/state/codes.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { isDay } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { listText } from '#shared/text/records.ts';

/** So much of what is typed is asked for. */
const longestText = 60;

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
  const many: Many = (field, label, options, remote) => (
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
        {...(remote
          ? { labelRender: ({ value, label: shown }) => shown ?? remote.titleOf(String(value)) }
          : {})}
        showSearch={
          remote
            ? { filterOption: false, onSearch: remote.onSearch }
            : {
                filterOption: (typed, option) =>
                  `${option?.value} ${option?.label} ${reading(String(option?.label))}`.includes(
                    typed.trim().toLowerCase(),
                  ),
              }
        }
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
          if (spec.kind === 'ref') {
            const chosen = (filter[field] ?? []) as readonly string[];
            return <RefFilter key={field} field={field} spec={spec} chosen={chosen} many={many} />;
          }
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
                    notBefore={end === 'to' ? range.from : undefined}
                  />
                </span>
              ))}
            </div>
          );
        })}
    </search>
  );
}

type Choice = { value: string; label: string };
/** Where the core looks for what is typed, and knows what the chosen ones are called that are not among its answers. */
type Remote = { onSearch(typed: string): void; titleOf(id: string): string };
type Many = (field: string, label: string, options: Choice[], remote?: Remote) => React.ReactNode;
type RefProps = { field: string; spec: FieldSpec; chosen: readonly string[]; many: Many };

/** Records of a register: the core looks for what is typed, because a county has more of them than a list may hold. */
function RefFilter({ field, spec, chosen, many }: RefProps) {
  const ledger = spec.ref ?? '';
  const isSeen = useSees(ledger);
  const [typed, setTyped] = useState('');
  const text = typed.trim().slice(0, longestText);
  const wanted = { ledger, limit: 200, ...(text === '' ? {} : { text }) };
  const found = useQuery('ledger.choices', isSeen ? wanted : null).value;
  // What was found last stays until the next answer is there: an empty list would say that there are none.
  const last = useRef<Choice[]>([]);
  if (found) last.current = found.map(({ id, label }) => ({ value: id, label }));
  const named = isSeen && chosen.length > 0 ? { ledger, ids: [...chosen] } : null;
  const titles = useQuery('ledger.titles', named).value;
  if (!isSeen) return null;
  return many(field, spec.label, last.current, {
    onSearch: setTyped,
    titleOf: (id) => titles?.[id] ?? '',
  });
}
