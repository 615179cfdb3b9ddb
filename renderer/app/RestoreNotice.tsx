import { Alert } from 'antd';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { afterRestoreLines, afterRestoreText } from '#shared/text/restore.ts';
import { commonText } from '#shared/text/window.ts';

/** What going back to a copy meant for the accounts: said to whoever looks after them, for some days. */
export function RestoreNotice() {
  const isAsked = useMay('account.afterRestore');
  const { value } = useQuery('account.afterRestore', isAsked ? {} : null);
  const [closed, setClosed] = useKept('restore notice closed', '');
  if (!value || closed === value.at) return null;
  return (
    <Alert
      role="status"
      type="warning"
      showIcon
      title={afterRestoreText.title(value)}
      description={
        <ul className="plain">
          {afterRestoreLines(value).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
      closable={{ onClose: () => setClosed(value.at), 'aria-label': commonText.close }}
    />
  );
}
