import { Button } from 'antd';
import { askFor } from '#renderer/state/asked.ts';
import { useMay } from '#renderer/state/program.ts';
import { veilText } from '#shared/text/safety.ts';

/** What is hidden, and the way to see it. */
export function VeilNotice({ isNew, mayWrite }: { isNew: boolean; mayWrite: boolean }) {
  const mayReveal = useMay('session.reveal');
  return (
    <div className="notice">
      <span>
        {isNew ? veilText.newRecord : veilText.veiled}
        {!isNew && mayWrite && veilText.readOnly}
      </span>
      {mayReveal && (
        <Button type="link" size="small" title="F8" onClick={() => void askFor('reveal')}>
          {veilText.show}
        </Button>
      )}
    </div>
  );
}
