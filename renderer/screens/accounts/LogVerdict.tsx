import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { LogFileCheck, LogNotice } from '#shared/api/audit-types.ts';
import { logCheckText, logFaultText, logNoticeText } from '#shared/text/log-check.ts';

type Props = { found: LogFileCheck; work: Attempt; onRead(check: number): void };

/** What was found of an exported log, in sentences; the key to be compared on the telephone; the way to its entries. */
export function LogVerdict({ found, work, onRead }: Props) {
  const { check, isSound, faults, more, unit } = found;
  const [confirmed, setConfirmed] = useState<number | null>(null);
  const isOfKey = ({ is }: { is: LogNotice }) => is === 'keyUnconfirmed' || is === 'keyChanged';
  const isDone = confirmed !== null && confirmed === check;
  const notices = found.notices.filter((notice) => !(isDone && isOfKey(notice)));
  const isKeyOpen = notices.some(isOfKey);
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
          {isKeyOpen && <KeyLine check={check} unit={unit} work={work} onDone={() => setConfirmed(check)} />}
          <Button size="small" onClick={() => onRead(check)}>
            {logCheckText.read}
          </Button>
        </div>
      )}
    </>
  );
}

type KeyLineProps = { check: number; unit: string; work: Attempt; onDone(): void };

/** The key counts as the unit's when what somebody there reads out is typed here. */
function KeyLine({ check, unit, work, onDone }: KeyLineProps) {
  const [code, setCode] = useKept('log key code', '');
  const confirm = () =>
    void work.attempt(async () => {
      await call('audit.confirmKey', { check, code: code.trim() });
      onDone();
      return logCheckText.keyConfirmed(unit);
    });
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
