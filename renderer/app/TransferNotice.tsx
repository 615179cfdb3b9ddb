import { Alert, Button } from 'antd';
import { DescribeDialog } from '#renderer/screens/safety/DescribeDialog.tsx';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { forgetTransfers, useTransfers } from '#renderer/state/transfers.ts';
import { auditActions } from '#shared/text/audit.ts';
import { transferText } from '#shared/text/transfers.ts';
import { commonText } from '#shared/text/window.ts';

/** Something left the machine: said where one works, and nobody is kept from working. */
export function TransferNotice() {
  const waiting = useTransfers((state) => state.waiting);
  const [isOpen, setOpen] = useKept('transfer notice open', false);
  if (waiting.size === 0) return null;
  return (
    <>
      <Alert
        role="status"
        type="info"
        banner
        title={transferText.notice([...waiting].map((method) => auditActions[method] ?? method))}
        action={
          <Button size="small" onClick={() => setOpen(true)}>
            {transferText.describe}
          </Button>
        }
        closable={{ onClose: forgetTransfers, 'aria-label': commonText.close }}
      />
      {isOpen && <Waiting onClose={() => setOpen(false)} />}
    </>
  );
}

/** What of one's own nobody has said anything of yet. */
function Waiting({ onClose }: { onClose(): void }) {
  const { value } = useQuery('transfer.list', { direction: 'out', undescribed: true, limit: 20 });
  if (!value) return null;
  return (
    <DescribeDialog
      direction="out"
      rows={value.rows}
      onSaved={() => {
        onClose();
        forgetTransfers();
      }}
      onClose={onClose}
    />
  );
}
