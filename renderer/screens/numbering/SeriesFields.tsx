import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { RefInput } from '#renderer/screens/record/RefInput.tsx';
import { today } from '#renderer/state/clock.ts';
import { useCodes } from '#renderer/state/codes.ts';
import { yearOf } from '#shared/domain/day.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { numberingText } from '#shared/text/numbering.ts';

/** Whose numbers, and how many: as typed. */
export type SeriesTyped = { year: string; by: string | null; count: string };

export const newSeries = (): SeriesTyped => ({ year: String(yearOf(today())), by: null, count: '10' });

export function readSeries({ year, by, count }: SeriesTyped, most: number) {
  const isYear = /^(19|2\d)\d\d$/.test(year.trim());
  const isCount = /^\d{1,5}$/.test(count.trim()) && Number(count) >= 1 && Number(count) <= most;
  const isBy = by === null || /^[0-9a-f-]{36}$/.test(by);
  const value =
    isYear && isCount && isBy
      ? { year: Number(year), count: Number(count), ...(by === null ? {} : { by }) }
      : null;
  return { isYear, isCount, isBy, value };
}

type Props = {
  /** What the ids of the fields begin with. */
  name: string;
  ledger: string;
  typed: SeriesTyped;
  onChange(typed: SeriesTyped): void;
  most: number;
};

/** Year, the record whose short name the numbers bear, and how many. */
export function SeriesFields({ name, ledger, typed, onChange, most }: Props) {
  const { isYear, isCount } = readSeries(typed, most);
  const codes = useCodes();
  const described: LedgerSpec | undefined = ledgers.find((one) => one.name === ledger);
  const spec = described?.fields[described.number?.scope?.by ?? ''];
  return (
    <>
      <Field id={`${name}-year`} label={numberingText.year} problem={isYear ? null : numberingText.yearWrong}>
        <TypedInput
          id={`${name}-year`}
          shown={typed.year}
          onType={(year) => onChange({ ...typed, year })}
          isInvalid={!isYear}
          inputMode="numeric"
          describedBy={`${name}-year-note`}
        />
      </Field>
      {spec && (
        <Field id={`${name}-by`} label={numberingText.committee} hint={numberingText.committeeHint}>
          <RefInput
            id={`${name}-by`}
            path={`${name}-by`}
            spec={spec}
            value={typed.by}
            isInvalid={false}
            isReadOnly={false}
            on={today()}
            today={today()}
            codes={codes}
            record={{}}
            onPut={(by) => onChange({ ...typed, by: typeof by === 'string' && by !== '' ? by : null })}
            onLeave={() => undefined}
          />
        </Field>
      )}
      <Field
        id={`${name}-count`}
        label={numberingText.count}
        problem={isCount ? null : numberingText.countWrong}
      >
        <TypedInput
          id={`${name}-count`}
          shown={typed.count}
          onType={(count) => onChange({ ...typed, count })}
          isInvalid={!isCount}
          inputMode="numeric"
          describedBy={`${name}-count-note`}
        />
      </Field>
    </>
  );
}
