import { create } from 'zustand';
import { today } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { yearOf } from '#shared/domain/day.ts';
import { figuresText } from '#shared/text/yearly.ts';

/** The year that figures and report are about; one for both screens, until the program ends. */
const useChosen = create<{ year: number | null }>(() => ({ year: null }));

/** The chosen year; at first the newest finished one with figures, else the last, whose report is due. */
export function useYear(): [number, (year: number) => void] {
  const { year } = useChosen();
  const { value } = useQuery('indicator.years', {});
  const now = yearOf(today());
  const finished = (value ?? []).filter((one) => one < now);
  return [year ?? Math.max(...finished, finished.length > 0 ? 0 : now - 1), choose];
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
