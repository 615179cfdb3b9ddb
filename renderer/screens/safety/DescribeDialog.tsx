import { Button, Checkbox } from 'antd';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { Combobox } from '#renderer/components/Combobox.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useCodes } from '#renderer/state/codes.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Transfer } from '#shared/api/transfer-types.ts';
import type { TransferDirection } from '#shared/domain/transfers.ts';
import { auditActions } from '#shared/text/audit.ts';
import { transferText as say } from '#shared/text/transfers.ts';
import { commonText, navigationLabels, reachText } from '#shared/text/window.ts';

type Props = {
  direction: TransferDirection;
  /** What it can be said of; all of them are marked at first. */
  rows: readonly Transfer[];
  onSaved(count: number): void;
  onClose(): void;
};

/** To or from whom, what for, by which medium: once for all that went the same way. */
export function DescribeDialog({ direction, rows, onSaved, onClose }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // By the rows, so that what was typed for these never turns up for others.
  const self = `transfer ${rows.map(({ entry }) => entry).join(' ')}`;
  const [off, setOff] = useKept<readonly number[]>(`${self} off`, []);
  const [partner, setPartner] = useKept(`${self} partner`, rows[0]?.note?.partner ?? '');
  const [purpose, setPurpose] = useKept(`${self} purpose`, rows[0]?.note?.purpose ?? '');
  const [medium, setMedium] = useKept(`${self} medium`, rows[0]?.note?.medium ?? '');
  const [approver, setApprover] = useKept(`${self} approver`, rows[0]?.note?.approver ?? '');
  const [scan, setScan] = useKept(`${self} scan`, rows[0]?.note?.scan ?? '');
  const codes = useCodes();
  const work = useAttempt();
  const media = useMedia();
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // The marks above are right as they stand, mostly
    document.getElementById(`${id}-partner`)?.focus();
  }, [id]);
  const entries = rows.map(({ entry }) => entry).filter((entry) => !off.includes(entry));
  const isWhole = partner.trim() !== '' && purpose.trim() !== '' && entries.length > 0;
  const close = () => {
    // Closing first gives the focus back to where it was, if that is still there.
    dialog.current?.close();
    onClose();
  };
  const save = async () => {
    if (!isWhole || work.isBusy) return;
    const isDone = await work.attempt(() =>
      call('transfer.describe', {
        entries,
        partner: partner.trim(),
        purpose: purpose.trim(),
        ...(medium === '' ? {} : { medium }),
        ...(approver.trim() === '' ? {} : { approver: approver.trim() }),
        ...(scan === '' ? {} : { scan }),
      }),
    );
    if (!isDone) return;
    dialog.current?.close();
    onSaved(entries.length);
  };
  const line = (name: string, label: string, input: ReactNode) => (
    <>
      <label htmlFor={`${id}-${name}`} className="field-label">
        {label}
      </label>
      {input}
    </>
  );
  return (
    <dialog ref={dialog} className="ask describe" aria-labelledby={`${id}-title`} onCancel={onClose}>
      <h2 id={`${id}-title`} className="section-title ask-title">
        {say.describeTitle[direction]}
      </h2>
      {rows.length === 0 ? (
        <p className="quiet">{say.nothingLeft}</p>
      ) : (
        <>
          {rows.length > 1 && <p className="quiet ask-hint">{say.about(rows.length)}</p>}
          <div className="describe-rows">
            {rows.map((row) => (
              <Checkbox
                key={row.entry}
                checked={!off.includes(row.entry)}
                onChange={({ target }) =>
                  setOff(target.checked ? off.filter((one) => one !== row.entry) : [...off, row.entry])
                }
              >
                {[localInstant(row.at), auditActions[row.action] ?? row.action, row.title ?? '', row.said]
                  .filter((text) => text !== '')
                  .join(commonText.gap)}
              </Checkbox>
            ))}
          </div>
          <div className="describe-lines" data-form>
            {line(
              'partner',
              say.partner[direction],
              <TypedInput
                id={`${id}-partner`}
                shown={partner}
                onType={setPartner}
                placeholder={say.partnerHint[direction]}
                isRequired
              />,
            )}
            {line(
              'purpose',
              say.purpose,
              <TypedInput
                id={`${id}-purpose`}
                shown={purpose}
                onType={setPurpose}
                placeholder={say.purposeHint}
                isRequired
              />,
            )}
            {line(
              'medium',
              say.medium,
              <Combobox
                id={`${id}-medium`}
                value={medium === '' ? null : medium}
                shown={medium}
                placeholder={say.noMedium}
                options={media.options}
                onType={media.setTyped}
                onChoose={(number) => setMedium(number ?? '')}
                onRaw={setMedium}
                isDisabled={!media.isSeen}
                describedBy={`${id}-medium-note`}
              />,
            )}
            {medium === '' && (
              <span id={`${id}-medium-note`} className="quiet describe-note">
                {media.isSeen ? say.noMediumHint : reachText.choices(navigationLabels.medium ?? '')}
              </span>
            )}
            {direction === 'in' &&
              line(
                'scan',
                say.scan,
                <select
                  id={`${id}-scan`}
                  className="field-input"
                  value={scan}
                  onChange={({ target }) => setScan(target.value)}
                >
                  <option value="">{say.notScanned}</option>
                  {codes.items('scanResult', today()).map(({ code, label }) => (
                    <option key={code} value={code}>
                      {label}
                    </option>
                  ))}
                </select>,
              )}
            {line(
              'approver',
              say.approver,
              <TypedInput id={`${id}-approver`} shown={approver} onType={setApprover} />,
            )}
          </div>
        </>
      )}
      <FailureAlert failure={work.failure ?? media.failure} />
      <div className="ask-foot">
        <Button onClick={close}>{commonText.cancel}</Button>
        <Button type="primary" disabled={!isWhole} loading={work.isBusy} onClick={() => void save()}>
          {say.save}
        </Button>
      </div>
    </dialog>
  );
}

/** Media by what is typed of their number, those in use first. */
function useMedia() {
  const [typed, setTyped] = useState('');
  const isSeen = useSees('medium');
  const text = typed.trim().slice(0, 60);
  const wanted = { ledger: 'medium', limit: 20, ...(text === '' ? {} : { text }) };
  const { value, failure } = useQuery('ledger.choices', isSeen ? wanted : null);
  // The register is told the number, which stays true when the record of the medium goes
  const options = (value ?? []).map(({ label, note }) => ({ value: label, label, note }));
  return { isSeen, options, failure, setTyped };
}
