import { create } from 'zustand';
import { today } from '#renderer/state/clock.ts';
import { useSees, useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { isDay, yearOf } from '#shared/domain/day.ts';
import { figuresText } from '#shared/text/yearly.ts';

/** The year that figures and report are about; one for both screens, until the program ends. */
const useChosen = create<{ year: number | null }>(() => ({ year: null }));

/** The chosen year; at first the last finished one, whose report is due (a demonstration: the last it has cases of). */
export function useYear(): [number, (year: number) => void] {
  const { year } = useChosen();
  const isDemo = useSession()?.isDemo === true;
  const isSeen = useSees('mediation');
  const sort = { field: 'acceptedOn', descending: true };
  const newest = useQuery('ledger.list', isDemo && isSeen ? { ledger: 'mediation', sort, limit: 1 } : null);
  const day = newest.value?.rows[0]?.acceptedOn;
  const finished = yearOf(today()) - 1;
  return [year ?? (isDay(day) ? Math.min(yearOf(day), finished) : finished), choose];
}

const choose = (year: number) => useChosen.setState({ year });

export function YearSelect({ year, onChange }: { year: number; onChange(year: number): void }) {
  const { value } = useQuery('indicator.years', {});
  const now = yearOf(today());
  const years = [...new Set([...(value ?? []), ...Array.from({ length: 6 }, (_, back) => now - back), year])];
  return (
    <label className="year">
      {figuresText.year}
      <select className="field-input" value={year} onChange={(event) => onChange(Number(event.target.value))}>
        {years
          .sort((left, right) => right - left)
          .map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
      </select>
    </label>
  );
}
