import { Modal } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { DialogLine } from '#renderer/components/DialogLine.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { DestructionShown } from '#shared/api/retention-types.ts';
import type { Day } from '#shared/domain/day.ts';
import { destructionText as say } from '#shared/text/retention.ts';
import { commonText } from '#shared/text/window.ts';
import { typedDay } from './typed-day.ts';

type Common = { list: DestructionShown; work: Attempt; onClose(): void };
type Approval = { authority: string; letterNo: string; approvedOn: Day };

/** By a head who put nothing on the list: the letter on which the approval rests. */
export function ApproveDialog({
  list,
  work,
  onApprove,
  onClose,
}: Common & { onApprove(approval: Approval): void }) {
  const [authority, setAuthority] = useKept('approve authority', '');
  const [letterNo, setLetterNo] = useKept('approve letter', '');
  const [typed, setTyped] = useKept('approve day', '');
  const { day } = typedDay(typed);
  const isWhole = authority.trim() !== '' && letterNo.trim() !== '' && day !== null;
  return (
    <Modal
      open
      title={say.approveTitle(list.number, list.counts.listed)}
      okText={say.approve}
      cancelText={commonText.cancel}
      okButtonProps={{ disabled: !isWhole, loading: work.isBusy }}
      onOk={() =>
        day && onApprove({ authority: authority.trim(), letterNo: letterNo.trim(), approvedOn: day })
      }
      onCancel={onClose}
    >
      <FailureAlert failure={work.failure} />
      <p className="gap">{say.approveHint}</p>
      <div className="rule-form" data-form>
        <DialogLine id="approve-authority" label={say.authority}>
          <TypedInput id="approve-authority" shown={authority} onType={setAuthority} />
        </DialogLine>
        <DialogLine id="approve-letter" label={say.letterNo}>
          <TypedInput id="approve-letter" shown={letterNo} onType={setLetterNo} />
        </DialogLine>
        <DialogLine id="approve-day" label={say.approvedOn}>
          <DayInput id="approve-day" value={typed} onChange={setTyped} today={today()} />
        </DialogLine>
      </div>
    </Modal>
  );
}

/** What is done here cannot be undone: said once more, with the two who watch it. */
export function CarryOutDialog({
  list,
  work,
  onCarryOut,
  onClose,
}: Common & { onCarryOut(supervisors: [string, string]): void }) {
  const known = list.events.findLast(({ action }) => action === 'begin')?.supervisors ?? [];
  const [first, setFirst] = useKept('watch first', known[0] ?? '');
  const [second, setSecond] = useKept('watch second', known[1] ?? '');
  const names = [first.trim(), second.trim()] as [string, string];
  const isSame = names[0] !== '' && names[0] === names[1];
  return (
    <Modal
      open
      title={say.carryOutTitle(list.number, list.counts.listed)}
      okText={say.carryOut}
      cancelText={commonText.cancel}
      okButtonProps={{ danger: true, disabled: isSame || names.includes(''), loading: work.isBusy }}
      onOk={() => onCarryOut(names)}
      onCancel={onClose}
    >
      <FailureAlert failure={work.failure} />
      <p className="gap">{say.carryOutHint}</p>
      <div className="rule-form" data-form>
        <DialogLine id="watch-first" label={say.first}>
          <TypedInput id="watch-first" shown={first} onType={setFirst} />
        </DialogLine>
        <DialogLine id="watch-second" label={say.second} problem={isSame ? say.samePerson : null}>
          <TypedInput id="watch-second" shown={second} onType={setSecond} isInvalid={isSame} />
        </DialogLine>
      </div>
    </Modal>
  );
}
