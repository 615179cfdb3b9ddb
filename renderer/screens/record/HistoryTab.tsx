import { localInstant } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Attachment, Whole } from '#shared/api/types.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { attachmentHistoryText as say } from '#shared/text/attachments.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { historyText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

type Line = { key: string; at: string; account: string; what: string };

/** Who changed which items, and added or took off which attachments, when; newest first. */
export function HistoryTab({ ledger, whole }: { ledger: LedgerSpec; whole: Whole }) {
  const attachments = useQuery('attachment.list', { recordId: whole.id, removed: true });
  const lines = [
    ...whole.versions.map((line) => ({
      key: line.version,
      at: line.at,
      account: line.account,
      what:
        line.parents.length === 0
          ? historyText.created
          : line.changed.map((path) => labelOfPath(ledger, path)).join(commonText.comma),
    })),
    ...(attachments.value ?? []).flatMap(linesOf),
  ].sort((left, right) => right.at.localeCompare(left.at));
  if (lines.length === 0) return <p className="quiet">{historyText.empty}</p>;
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
          {lines.map((line) => (
            <tr key={line.key}>
              <td className="nowrap">{localInstant(line.at)}</td>
              <td className="nowrap">{line.account}</td>
              <td>{line.what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function linesOf({ id, title, addedAt, addedBy, removed }: Attachment): Line[] {
  const added = { key: `${id} added`, at: addedAt, account: addedBy, what: say.added(title) };
  if (!removed) return [added];
  const { at, by, reason } = removed;
  return [{ key: `${id} removed`, at, account: by, what: say.removed(title, reason) }, added];
}
