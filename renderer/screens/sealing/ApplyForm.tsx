import { Button } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { basesOf, type SealBasis, type SealKind } from '#shared/domain/sealing.ts';
import { sealingText as say, sealBasisNames, sealKindNames } from '#shared/text/sealing.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  kind: SealKind;
  recordId: string;
  number: string | null;
  work: Attempt;
  onClose(): void;
};

/** One half of sealing a record, or of opening it again: with the law and a reason, for another account to confirm. */
export function ApplyForm({ kind, recordId, number, work, onClose }: Props) {
  const first = useRef<HTMLSelectElement>(null);
  const [basis, setBasis] = useKept<SealBasis>(
    `sealing ${kind} ${recordId} basis`,
    basesOf[kind][0] ?? 'mistaken',
  );
  const [reason, setReason] = useKept(`sealing ${kind} ${recordId} reason`, '');
  useLayoutEffect(() => first.current?.focus(), []);
  const apply = async () => {
    const isDone = await work.attempt(async () => {
      await call('sealing.apply', { recordId, kind, basis, reason: reason.trim() });
      return say.applied;
    });
    if (!isDone) return;
    setReason('');
    onClose();
  };
  const title = say.applyTitle(sealKindNames[kind], number ?? say.noNumber);
  return (
    <section className="section framed" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <div className="form-grid" data-form>
        <Field id="sealing-basis" label={say.basis} isWide isRequired>
          <select
            id="sealing-basis"
            ref={first}
            className="field-input"
            value={basis}
            onChange={(event) => setBasis(event.target.value as SealBasis)}
          >
            {basesOf[kind].map((one) => (
              <option key={one} value={one}>
                {sealBasisNames[one]}
              </option>
            ))}
          </select>
        </Field>
        <Field id="sealing-reason" label={say.reason} hint={say.reasonHint} isWide isRequired>
          <TypedInput id="sealing-reason" shown={reason} onType={setReason} />
        </Field>
      </div>
      <Button
        size="small"
        type="primary"
        disabled={reason.trim() === ''}
        loading={work.isBusy}
        onClick={() => void apply()}
      >
        {say.apply}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}
