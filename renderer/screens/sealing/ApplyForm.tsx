import { Button } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { basesOf, type SealBasis, type SealKind } from '#shared/domain/sealing.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { sealingText as say, sealBasisNames, sealKindNames } from '#shared/text/sealing.ts';
import { commonText } from '#shared/text/window.ts';

const nounOf = (name: string) => ledgers.find((one) => one.name === name)?.noun ?? name;

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
  const proposal = useQuery('sealing.proposal', kind === 'seal' ? { recordId } : null).value;
  const [left, setLeft] = useKept<readonly string[]>(`sealing ${kind} ${recordId} left`, []);
  const [isProposed, setProposed] = useKept(`sealing ${kind} ${recordId} proposed`, false);
  // Once, and never over what somebody typed
  useLayoutEffect(() => {
    if (!proposal || isProposed) return;
    setProposed(true);
    if (proposal.basis !== null) setBasis(proposal.basis);
    if (reason === '') setReason(proposal.reason);
  }, [proposal, isProposed, reason, setBasis, setProposed, setReason]);
  const also = (proposal?.also ?? []).filter((one) => !left.includes(one.recordId));
  const apply = async () => {
    const isDone = await work.attempt(async () => {
      const more = also.length === 0 ? {} : { also: also.map((one) => one.recordId) };
      await call('sealing.apply', { recordId, kind, basis, reason: reason.trim(), ...more });
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
          <TypedInput id="sealing-reason" isLong shown={reason} onType={setReason} />
        </Field>
      </div>
      {proposal && proposal.parts.length > 0 && (
        <p className="quiet">
          {say.withParts(proposal.parts.map((part) => say.counted(nounOf(part.ledger), part.count)))}
        </p>
      )}
      {proposal?.also.map((one) => (
        <p key={one.recordId}>
          <label>
            <input
              type="checkbox"
              checked={!left.includes(one.recordId)}
              onChange={({ target }) =>
                setLeft(target.checked ? left.filter((id) => id !== one.recordId) : [...left, one.recordId])
              }
            />{' '}
            {say.alsoSealed(nounOf(one.ledger), one.number, one.day)}
          </label>
        </p>
      ))}
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
