import { localInstant } from '#renderer/state/clock.ts';
import type { Whole } from '#shared/api/types.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { historyText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

/** Who changed which items when. */
export function HistoryTab({ ledger, whole }: { ledger: LedgerSpec; whole: Whole }) {
  if (whole.versions.length === 0) return <p className="quiet">{historyText.empty}</p>;
  return (
    <div className="record-body">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{historyText.at}</th>
            <th scope="col">{historyText.account}</th>
            <th scope="col">{historyText.changed}</th>
          </tr>
        </thead>
        <tbody>
          {whole.versions.map((line) => (
            <tr key={line.version}>
              <td className="nowrap">{localInstant(line.at)}</td>
              <td className="nowrap">{line.account}</td>
              <td>
                {line.parents.length === 0
                  ? historyText.created
                  : line.changed.map((path) => labelOfPath(ledger, path)).join(commonText.comma)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
