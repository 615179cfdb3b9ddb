import { Modal } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { DialogLine } from '#renderer/components/DialogLine.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Day } from '#shared/domain/day.ts';
import { reviewText as say } from '#shared/text/retention.ts';
import { commonText } from '#shared/text/window.ts';
import { typedDay } from './typed-day.ts';

type Common = { count: number; work: Attempt; onClose(): void };

/** 续存: until which day, and why. */
export function KeepDialog({
  count,
  work,
  onKeep,
  onClose,
}: Common & { onKeep(until: Day, reason: string): void }) {
  const [typed, setTyped] = useKept('keep until', '');
  const [reason, setReason] = useKept('keep reason', '');
  const { day } = typedDay(typed);
  return (
    <Modal
      open
      title={say.keepTitle(count)}
      okText={say.keep}
      cancelText={commonText.cancel}
      okButtonProps={{ disabled: day === null || reason.trim() === '', loading: work.isBusy }}
      onOk={() => day && onKeep(day, reason.trim())}
      onCancel={onClose}
    >
      <FailureAlert failure={work.failure} />
      <div className="rule-form" data-form>
        <DialogLine id="keep-until" label={say.until}>
          <DayInput id="keep-until" value={typed} onChange={setTyped} today={today()} />
        </DialogLine>
        <DialogLine id="keep-reason" label={say.reason}>
          <TypedInput id="keep-reason" shown={reason} onType={setReason} />
        </DialogLine>
      </div>
    </Modal>
  );
}

const newList = '';

/** On which list of destruction, and with what opinion of those who reviewed the files. */
export function ListDialog({
  count,
  work,
  onList,
  onClose,
}: Common & { onList(list: string | null, opinion: string): void }) {
  const lists = useQuery('destruction.lists', {}).value ?? [];
  const [list, setList] = useKept('list which', newList);
  const [opinion, setOpinion] = useKept<string>('list opinion', say.opinionUsual);
  return (
    <Modal
      open
      title={say.listTitle(count)}
      okText={say.list}
      cancelText={commonText.cancel}
      okButtonProps={{ disabled: opinion.trim() === '', loading: work.isBusy }}
      onOk={() => onList(list === newList ? null : list, opinion.trim())}
      onCancel={onClose}
    >
      <FailureAlert failure={work.failure} />
      <div className="rule-form" data-form>
        <DialogLine id="list-which" label={say.which}>
          <select
            id="list-which"
            className="field-input"
            value={list}
            onChange={({ target }) => setList(target.value)}
          >
            <option value={newList}>{say.newList}</option>
            {lists
              .filter(({ state }) => state === 'open')
              .map(({ id, number }) => (
                <option key={id} value={id}>
                  {number}
                </option>
              ))}
          </select>
        </DialogLine>
        <DialogLine id="list-opinion" label={say.opinion}>
          <TypedInput id="list-opinion" shown={opinion} onType={setOpinion} />
        </DialogLine>
      </div>
    </Modal>
  );
}
