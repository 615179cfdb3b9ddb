import { Alert, Button } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useAsking, useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { DestructionShown } from '#shared/api/retention-types.ts';
import { listEventText, periodText, reviewText, destructionText as say } from '#shared/text/retention.ts';
import { FileHeadings } from './FileTable.tsx';
import { ApproveDialog, CarryOutDialog } from './ListDialogs.tsx';

type Props = { id: string; work: Attempt; onClose(): void };

/** One list of destruction: its files, what was done about it, and what comes next. */
export function OneList({ id, work, onClose }: Props) {
  const { value: list, failure } = useQuery('destruction.get', { list: id });
  const [dialog, setDialog] = useKept<'approve' | 'carryOut' | null>('destruction dialog', null);
  const [picked, setPicked] = useKept<readonly number[]>('destruction picked', []);
  const asking = useAsking<'remove' | 'withdraw'>('destruction asking');
  const print = usePrint(
    {
      title: say.print,
      name: list?.number ?? '',
      order: () => ({ method: 'destruction.sheet', input: { list: id } }),
    },
    work,
  );
  if (!list) return <FailureAlert failure={failure} />;
  const answer = (reason: string) => {
    const what = asking.about;
    asking.close();
    void work.attempt(async () => {
      if (what === 'remove') await call('destruction.remove', { list: id, items: [...picked], reason });
      else await call('destruction.withdraw', { list: id, reason });
      setPicked([]);
    });
  };
  const close = () => {
    work.forget();
    setDialog(null);
  };
  /** Step after step until nothing is left; each is one transaction. */
  const carryOut = async (supervisors: [string, string]) => {
    const isDone = await work.attempt(async () => {
      const sum = { destroyed: 0, withheld: 0 };
      for (let left = 1; left > 0; ) {
        const step = await call('destruction.carryOut', { list: id, supervisors });
        sum.destroyed += step.destroyed;
        sum.withheld += step.withheld;
        left = step.left;
      }
      return say.carriedOut(sum.destroyed, sum.withheld);
    });
    if (isDone) setDialog(null);
  };
  return (
    <>
      <FailureAlert failure={(dialog === null ? work.failure : null) ?? failure} again={work.again} />
      <div className="retention-bar">
        <Button size="small" onClick={onClose}>
          {say.back}
        </Button>
        <strong>{list.number}</strong>
        <span>{say.states[list.state]}</span>
        <span className="quiet">{say.counts(list.counts)}</span>
        <span className="stretch" />
        <PrintButtons work={print} word={null} />
      </div>
      <Steps
        list={list}
        picked={picked.length}
        onRemove={() => asking.ask('remove')}
        onWithdraw={() => asking.ask('withdraw')}
        onApprove={() => setDialog('approve')}
        onCarryOut={() => setDialog('carryOut')}
      />
      <ol className="retention-course" aria-label={say.course}>
        {list.events.map((event) => (
          <li key={`${event.at} ${event.action}`}>{listEventText(event, localInstant(event.at))}</li>
        ))}
      </ol>
      {list.total > list.items.length && <p className="quiet">{say.cut(list.items.length, list.total)}</p>}
      <Items list={list} picked={picked} onPick={setPicked} />
      {asking.about !== null && (
        <ReasonDialog
          words={asking.about === 'remove' ? say.removeReason : say.withdrawReason}
          isDangerous={false}
          reason={asking.reason}
          onType={asking.type}
          onAnswer={answer}
          onCancel={asking.close}
        />
      )}
      {dialog === 'approve' && (
        <ApproveDialog
          list={list}
          work={work}
          onApprove={(approval) =>
            void work
              .attempt(async () => {
                await call('destruction.approve', { list: id, ...approval });
                return say.approved(list.number);
              })
              .then((isDone) => isDone && setDialog(null))
          }
          onClose={close}
        />
      )}
      {dialog === 'carryOut' && (
        <CarryOutDialog
          list={list}
          work={work}
          onCarryOut={(supervisors) => void carryOut(supervisors)}
          onClose={close}
        />
      )}
    </>
  );
}

type StepsProps = {
  list: DestructionShown;
  picked: number;
  onRemove(): void;
  onWithdraw(): void;
  onApprove(): void;
  onCarryOut(): void;
};

/** What may be done next, and why not where it may not. */
function Steps({ list, picked, onRemove, onWithdraw, onApprove, onCarryOut }: StepsProps) {
  const canReview = useMay('destruction.remove');
  const canApprove = useMay('destruction.approve');
  const canCarryOut = useMay('destruction.carryOut');
  const { state, counts, isOwn } = list;
  if (state === 'done') return null;
  if (state === 'open')
    return (
      <div className="retention-bar">
        {canReview && (
          <Button size="small" disabled={picked === 0} onClick={onRemove}>
            {say.remove}
          </Button>
        )}
        {canApprove && !isOwn && (
          <Button size="small" type="primary" disabled={counts.listed === 0} onClick={onApprove}>
            {say.approve}
          </Button>
        )}
        {isOwn && <span className="quiet">{say.ownHint}</span>}
        {!isOwn && !canApprove && <span className="quiet">{say.noRight}</span>}
      </div>
    );
  return (
    <>
      {state === 'underWay' && (
        <Alert className="gap" type="warning" showIcon title={say.halted(counts.listed)} />
      )}
      <div className="retention-bar">
        {isOwn ? (
          <span className="quiet">{say.ownCarryOut}</span>
        ) : canCarryOut ? (
          <Button size="small" type="primary" danger onClick={onCarryOut}>
            {state === 'underWay' ? say.goOn : say.carryOut}
          </Button>
        ) : (
          <span className="quiet">{say.noCarryOut}</span>
        )}
        {canApprove && (
          <Button size="small" onClick={onWithdraw}>
            {say.withdraw}
          </Button>
        )}
      </div>
    </>
  );
}

type ItemsProps = {
  list: DestructionShown;
  picked: readonly number[];
  onPick(items: readonly number[]): void;
};

function Items({ list, picked, onPick }: ItemsProps) {
  const canPick = useMay('destruction.remove') && list.state === 'open';
  if (list.items.length === 0) return <p>{say.empty}</p>;
  return (
    <table className="table retention-files">
      <FileHeadings hasPick={canPick} />
      <tbody>
        {list.items.map((item) => (
          <tr key={item.id}>
            {canPick && (
              <td>
                <input
                  type="checkbox"
                  aria-label={reviewText.pick(item.number ?? item.title)}
                  checked={picked.includes(item.id)}
                  onChange={({ target }) =>
                    onPick(target.checked ? [...picked, item.id] : picked.filter((one) => one !== item.id))
                  }
                />
              </td>
            )}
            <td>{item.number}</td>
            <td>
              {item.title}
              <div className="quiet">{item.kindTitle}</div>
            </td>
            <td>{item.unitName}</td>
            <td className="nowrap">{item.filedOn}</td>
            <td className="nowrap">{periodText(item.years)}</td>
            <td className="nowrap">{item.endedOn}</td>
            <td className="number">{item.pages}</td>
            <td>{say.noteOf(item)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
