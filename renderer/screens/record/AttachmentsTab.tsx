import { Alert, Button, Spin } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import type { Codes } from '#renderer/state/codes.ts';
import { useAsking } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Attachment } from '#shared/api/types.ts';
import { extensionOf } from '#shared/domain/media-type.ts';
import { attachmentText as say } from '#shared/text/attachments.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';
import { AttachmentAdd } from './AttachmentAdd.tsx';
import { AttachmentViewer } from './AttachmentViewer.tsx';

type Props = { recordId: string; canWrite: boolean; isFixed: boolean; codes: Codes };
type Asked = { what: 'remove' | 'export'; of: Attachment };

/** Before something is taken off or goes out in clear. */
const reasonWords = ({ what, of: { title } }: Asked) =>
  what === 'remove'
    ? { title: say.removeTitle(title), label: say.removeReason, hint: say.removeHint, ok: say.remove }
    : { title: say.exportTitle(title), label: say.exportReason, hint: say.exportHint, ok: say.export };

/** Scans and photos of a saved record: what there is, more of them, a look at each. */
export function AttachmentsTab({ recordId, canWrite, isFixed, codes }: Props) {
  const { value, failure: unread } = useQuery('attachment.list', { recordId });
  const [failures, setFailures] = useState<Failure[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const asked = useAsking<Asked>(`attachments ${recordId}`);
  const [viewed, setViewed] = useState<number | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const rows = value ?? [];

  // The row that had the focus may be gone
  useLayoutEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  }, [value, asked.about]);

  const tell = (text: string | null, failed: Failure[] = []) => {
    setDone(text);
    setFailures(failed);
  };
  const open = (index: number) => {
    const row = rows[index];
    if (!row) return;
    tell(null);
    if (row.mediaType !== 'application/pdf') setViewed(index);
    else shell('shell.viewPdf', { id: row.id }).catch((caught) => tell(null, [failureFrom(caught)]));
  };
  const answer = async ({ what, of }: Asked, reason: string) => {
    asked.close();
    try {
      if (what === 'remove') {
        await call('attachment.remove', { id: of.id, reason });
        tell(say.removed);
        return;
      }
      const file = await exportTo(of, reason);
      if (file !== null) tell(say.exported(file));
    } catch (caught) {
      tell(null, [failureFrom(caught)]);
    }
  };
  const keys = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const row = rows[index];
    if (event.key === 'Delete' && !isFixed && row) asked.ask({ what: 'remove', of: row });
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      panel.current?.querySelectorAll<HTMLElement>('[data-open]')[index + step]?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div ref={panel} className="record-body" tabIndex={-1} data-testid="attachments">
      {!isFixed && <AttachmentAdd recordId={recordId} codes={codes} onDone={tell} />}
      {[...(unread ? [unread] : []), ...failures].map((failure) => (
        <Alert
          key={errorText(failure)}
          className="gap"
          role="alert"
          type="error"
          showIcon
          title={errorText(failure)}
        />
      ))}
      <p role="status" className="quiet">
        {done}
      </p>
      {!value && !unread && <Spin />}
      {value?.length === 0 && <p className="quiet">{isFixed ? say.emptyFixed : say.empty}</p>}
      {rows.length > 0 && (
        <>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say.name}</th>
                <th scope="col">{say.kind}</th>
                <th scope="col">{say.pages}</th>
                <th scope="col">{say.size}</th>
                <th scope="col">{say.added}</th>
                <th scope="col">{say.actions}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={row.id}>
                  <td>
                    <button
                      type="button"
                      className="link"
                      data-open
                      title={row.fileName}
                      aria-label={say.openOf(row.title)}
                      onClick={() => open(index)}
                      onKeyDown={onKeys((event) => keys(event, index))}
                    >
                      {row.title}
                    </button>
                  </td>
                  <td className="nowrap">
                    {codes.label('attachmentKind', row.kind) ?? commonText.unknownCode(row.kind)}
                  </td>
                  <td className="nowrap">{say.pageCount(row.pages)}</td>
                  <td className="nowrap">{say.bytes(row.bytes)}</td>
                  <td className="nowrap">
                    {localInstant(row.addedAt)} {row.addedBy}
                  </td>
                  <td className="nowrap">
                    {canWrite && (
                      <Button
                        size="small"
                        type="link"
                        aria-label={say.exportOf(row.title)}
                        onClick={() => asked.ask({ what: 'export', of: row })}
                      >
                        {say.export}
                      </Button>
                    )}
                    {!isFixed && (
                      <Button
                        size="small"
                        type="link"
                        danger
                        aria-label={say.removeOf(row.title)}
                        onClick={() => asked.ask({ what: 'remove', of: row })}
                      >
                        {say.remove}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet attachment-total">
            {say.total(
              rows.length,
              rows.reduce((sum, { pages }) => sum + pages, 0),
            )}
            {!isFixed && `${commonText.gap}${say.keys}`}
          </p>
        </>
      )}
      {asked.about && (
        <ReasonDialog
          words={reasonWords(asked.about)}
          isDangerous={asked.about.what === 'remove'}
          reason={asked.reason}
          onType={asked.type}
          onCancel={asked.close}
          onAnswer={(reason) => asked.about && void answer(asked.about, reason)}
        />
      )}
      {viewed !== null && rows.length > 0 && (
        <AttachmentViewer rows={rows} start={viewed} onClose={() => setViewed(null)} />
      )}
    </div>
  );
}

/** Null where the clerk closed the dialog. */
async function exportTo(row: Attachment, reason: string): Promise<string | null> {
  const extension = extensionOf[row.mediaType];
  const name = row.title.replace(/[\\/:*?"<>|]/g, '_').replace(/^\.+/, '') || say.title;
  const out = await shell('shell.chooseSave', {
    title: say.exportTitle(row.title).slice(0, 80),
    name: `${name}.${extension}`,
    extensions: [extension],
  });
  if (!out) return null;
  // The dialog has asked already whether an older file may go.
  await call('attachment.export', { id: row.id, out: out.grant, reason, overwrite: true });
  return out.name;
}
