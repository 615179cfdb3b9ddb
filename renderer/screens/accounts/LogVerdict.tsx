import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { LogFileCheck } from '#shared/api/audit-types.ts';
import { logCheckText, logFaultText, logNoticeText } from '#shared/text/log-check.ts';

type Props = { found: LogFileCheck; work: Attempt; onRead(check: number): void };

/** What was found of an exported log, in sentences; the key to be compared on the telephone; the way to its entries. */
export function LogVerdict({ found, work, onRead }: Props) {
  const { check, isSound, faults, more, notices, unit } = found;
  const isKeyOpen = notices.some(({ is }) => is === 'keyUnconfirmed' || is === 'keyChanged');
  return (
    <>
      <Alert
        type={isSound ? (notices.some(({ is }) => is !== 'paperSame') ? 'warning' : 'success') : 'error'}
        showIcon
        title={isSound ? logCheckText.sound(found) : logCheckText.unsound(unit, faults.length + more)}
        description={
          <ul className="log-findings">
            {faults.map((fault) => (
              <li key={logFaultText(fault)}>{logFaultText(fault)}</li>
            ))}
            {more > 0 && <li>{logCheckText.more(more)}</li>}
            {notices.map((notice) => (
              <li key={logNoticeText(notice)}>{logNoticeText(notice)}</li>
            ))}
            <li className="quiet">{logCheckText.whose(found)}</li>
          </ul>
        }
      />
      {check !== null && (
        <div className="numbering-line" data-form>
          {isKeyOpen && <KeyLine check={check} unit={unit} work={work} />}
          <Button size="small" onClick={() => onRead(check)}>
            {logCheckText.read}
          </Button>
        </div>
      )}
    </>
  );
}

/** The key counts as the unit's when what somebody there reads out is typed here. */
function KeyLine({ check, unit, work }: { check: number; unit: string; work: Attempt }) {
  const [code, setCode] = useKept('log key code', '');
  const [isDone, setDone] = useState(false);
  const confirm = () =>
    void work.attempt(async () => {
      await call('audit.confirmKey', { check, code: code.trim() });
      setDone(true);
      return logCheckText.keyConfirmed(unit);
    });
  if (isDone) return <p>{logCheckText.keyConfirmed(unit)}</p>;
  return (
    <>
      <Field id="log-key-code" label={logCheckText.keyCode}>
        <TypedInput id="log-key-code" shown={code} onType={setCode} />
      </Field>
      <Button size="small" disabled={code.trim() === '' || work.isBusy} onClick={confirm}>
        {logCheckText.confirmKey}
      </Button>
    </>
  );
}
