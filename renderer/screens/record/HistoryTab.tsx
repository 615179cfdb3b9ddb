import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { localInstant } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Attachment, HistoryChange, Whole } from '#shared/api/types.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { attachmentHistoryText as say } from '#shared/text/attachments.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { historyText, listText } from '#shared/text/records.ts';

type Line = { key: string; at: string; account: string; what: ReactNode };

/** Who changed which items from what to what, and added or took off which attachments, when; newest first. */
export function HistoryTab({ ledger, whole }: { ledger: LedgerSpec; whole: Whole }) {
  const history = useQuery('ledger.history', { id: whole.id });
  const attachments = useQuery('attachment.list', { recordId: whole.id, removed: true });
  const lines: Line[] = [
    ...(history.value ?? []).map((line) => ({
      key: line.version,
      at: line.at,
      account: line.account,
      what: line.isFirst ? historyText.created : <Changes ledger={ledger} changes={line.changes} />,
    })),
    ...(attachments.value ?? []).flatMap(linesOf),
  ].sort((left, right) => right.at.localeCompare(left.at));
  if (history.value === null && history.failure === null) return <Spin className="centre" />;
  if (history.failure) return <FailureAlert failure={history.failure} />;
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

function Changes({ ledger, changes }: { ledger: LedgerSpec; changes: readonly HistoryChange[] }) {
  return (
    <ul className="changes">
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <span className="changes-field">
            {path === '~state' ? listText.state : labelOfPath(ledger, path)}
          </span>
          <del>{before ?? historyText.nothing}</del> <span aria-hidden>→</span>{' '}
          <ins>{after ?? historyText.nothing}</ins>
        </li>
      ))}
    </ul>
  );
}

function linesOf({ id, title, addedAt, addedBy, removed }: Attachment): Line[] {
  const added = { key: `${id} added`, at: addedAt, account: addedBy, what: say.added(title) };
  if (!removed) return [added];
  const { at, by, reason } = removed;
  return [{ key: `${id} removed`, at, account: by, what: say.removed(title, reason) }, added];
}
