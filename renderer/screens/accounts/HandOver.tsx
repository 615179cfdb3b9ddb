import { Button } from 'antd';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { accountsText as say } from '#shared/text/safety.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { account: AccountShown; all: readonly AccountShown[]; work: Attempt; onClose(): void };

/** Open cases and drafts of somebody who leaves go to another. */
export function HandOver({ account, all, work, onClose }: Props) {
  const takers = all.filter(
    ({ id, isDisabled, mediatorId }) => id !== account.id && !isDisabled && mediatorId !== null,
  );
  const [to, setTo] = useKept(`hand over ${account.id} to`, takers[0]?.id ?? '');
  const [reason, setReason] = useKept(`hand over ${account.id} reason`, '');
  const handOver = async () => {
    const isDone = await work.attempt(async () => {
      const { records } = await call('account.handOver', { from: account.id, to, reason: reason.trim() });
      const { drafts } = await call('draft.handOver', { from: account.id, to });
      return say.handedOver(records, drafts);
    });
    if (isDone) onClose();
  };
  const title = say.handOverTitle(account.name);
  return (
    <section className="section framed" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      {takers.length === 0 ? (
        <p>{say.nobody}</p>
      ) : (
        <div className="form-grid" data-form>
          <Field id="hand-over-to" label={say.receiver}>
            <select
              id="hand-over-to"
              className="field-input"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            >
              {takers.map(({ id, name, mediator }) => (
                <option key={id} value={id}>
                  {commonText.beside(name, mediator ?? '')}
                </option>
              ))}
            </select>
          </Field>
          <Field id="hand-over-reason" label={say.reason} hint={say.reasonHint}>
            <TypedInput id="hand-over-reason" shown={reason} onType={setReason} />
          </Field>
        </div>
      )}
      <Button
        size="small"
        type="primary"
        disabled={to === '' || reason.trim() === ''}
        loading={work.isBusy}
        onClick={() => void handOver()}
      >
        {say.handOver}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}
