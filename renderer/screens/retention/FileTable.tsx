import { Button } from 'antd';
import { openRecord } from '#renderer/state/route.ts';
import type { FileRow } from '#shared/api/retention-types.ts';
import { obstacleText, periodText, reviewText as say } from '#shared/text/retention.ts';

type Props = {
  rows: readonly FileRow[];
  /** Ids that are picked; null where nothing is to be picked. */
  picked: readonly string[] | null;
  onPick(ids: readonly string[]): void;
};

/** Headings over files, the same for a review and for a list of destruction. */
export function FileHeadings({ hasPick }: { hasPick: boolean }) {
  const { columns } = say;
  return (
    <thead>
      <tr>
        {hasPick && <th scope="col">{columns.pick}</th>}
        <th scope="col">{columns.number}</th>
        <th scope="col">{columns.title}</th>
        <th scope="col">{columns.unit}</th>
        <th scope="col">{columns.filedOn}</th>
        <th scope="col">{columns.period}</th>
        <th scope="col">{columns.endedOn}</th>
        <th scope="col" className="number">
          {columns.pages}
        </th>
        <th scope="col">{columns.note}</th>
      </tr>
    </thead>
  );
}

/** Files for review. What stands against destruction is said of each; it can be kept on all the same. */
export function FileTable({ rows, picked, onPick }: Props) {
  const pick = (id: string, isPicked: boolean) =>
    onPick(isPicked ? [...(picked ?? []), id] : (picked ?? []).filter((one) => one !== id));
  return (
    <table className="table retention-files">
      <FileHeadings hasPick={picked !== null} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {picked && (
              <td>
                <input
                  type="checkbox"
                  aria-label={say.pick(row.number ?? row.title)}
                  checked={picked.includes(row.id)}
                  onChange={({ target }) => pick(row.id, target.checked)}
                />
              </td>
            )}
            <td>{row.number}</td>
            <td>
              <Button
                type="link"
                size="small"
                className="retention-open"
                onClick={() => openRecord(row.ledger, row.id)}
              >
                {row.title}
              </Button>
              <div className="quiet">{row.kindTitle}</div>
            </td>
            <td>{row.unitName}</td>
            <td className="nowrap">{row.filedOn}</td>
            <td className="nowrap">{periodText(row.period)}</td>
            <td className="nowrap">{row.endedOn}</td>
            <td className="number">{row.pages}</td>
            <td>
              {row.obstacles.length === 0 && say.mayGo}
              {row.obstacles.map((one) => (
                <div key={`${one.why} ${one.what}`}>{say.mustStay(obstacleText(one))}</div>
              ))}
              {row.kept && <div className="quiet">{say.keptBefore(row.kept.until, row.kept.reason)}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
