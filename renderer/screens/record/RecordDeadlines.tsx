import { DueMarks } from '#renderer/screens/deadlines/DueColumn.tsx';
import { useQuery } from '#renderer/state/queries.ts';
import { boardText } from '#shared/text/deadlines.ts';

/** What is still due of the record on screen: a line under its head, nothing where nothing is. */
export function RecordDeadlines({ id }: { id: string }) {
  const { value } = useQuery('deadline.record', { id });
  if (!value || value.deadlines.length + value.paused.length === 0) return null;
  return (
    <ul className="record-due" aria-label={boardText.ofRecord}>
      {value.deadlines.map((row) => (
        <li key={row.rule} title={boardText.since(row.basis, row.startedOn)}>
          <span>{row.what}</span> <strong>{row.dueOn}</strong>{' '}
          <span className={row.days < 0 && !row.isLapsed ? 'due-late' : 'quiet'}>
            {row.isLapsed ? boardText.lapsed : boardText.days(row.days)}
          </span>{' '}
          <span className="quiet">{boardText.law(row.law, row.article)}</span> <DueMarks row={row} />
        </li>
      ))}
      {value.paused.map((row) => (
        <li key={row.rule}>
          <span>{row.what}</span> <span className="quiet">{boardText.paused}</span>{' '}
          <span className="quiet">{boardText.law(row.law, row.article)}</span>
        </li>
      ))}
    </ul>
  );
}
