import { Modal } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { DialogLine } from '#renderer/components/DialogLine.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { KindShown } from '#shared/api/retention-types.ts';
import type { Period, PeriodDecision } from '#shared/domain/retention.ts';
import { retentionText as say } from '#shared/text/retention.ts';
import { commonText } from '#shared/text/window.ts';
import { typedDay } from './typed-day.ts';

type Props = {
  shown: KindShown;
  work: Attempt;
  onSave(decision: PeriodDecision, note: string): void;
  onClose(): void;
};

type Choice = 'years' | 'permanent' | 'unset';
const choices: readonly Choice[] = ['years', 'permanent', 'unset'];

/** What stood in it last; else what is proposed, where something is. */
const firstOf = ({ kind, history }: KindShown): Period => history[0]?.decision.period ?? kind.period;

/** A period of the bureau's approved table, with the letter that approved it and the files it is for. */
export function PeriodDialog({ shown, work, onSave, onClose }: Props) {
  const first = firstOf(shown);
  const last = shown.history[0]?.decision;
  const [choice, setChoice] = useKept<Choice>('period choice', first === 'permanent' ? 'permanent' : 'years');
  const [years, setYears] = useKept('period years', typeof first === 'number' ? String(first) : '');
  const [authority, setAuthority] = useKept('period authority', last?.authority ?? '');
  const [letterNo, setLetterNo] = useKept('period letter', last?.letterNo ?? '');
  const [approved, setApproved] = useKept('period approved', last?.approvedOn ?? '');
  const [from, setFrom] = useKept<string>('period from', last?.validFrom ?? '');
  const [to, setTo] = useKept<string>('period to', last?.validTo ?? '');
  const [note, setNote] = useKept('period note', '');
  const isBadYears = choice === 'years' && !(/^\d{1,3}$/.test(years.trim()) && +years >= 1 && +years <= 100);
  const isUnset = choice === 'unset';
  const [approvedOn, validFrom, validTo] = [typedDay(approved), typedDay(from), typedDay(to)];
  const isBad = isBadYears || approvedOn.isBad || validFrom.isBad || validTo.isBad;
  const dayLine = (id: string, label: string, text: string, onType: (text: string) => void) => (
    <DialogLine id={id} label={label}>
      <DayInput
        id={id}
        value={text}
        onChange={onType}
        today={today()}
        placeholder={id === 'period-approved' ? '' : say.openDay}
      />
    </DialogLine>
  );
  const save = () =>
    onSave(
      {
        period: choice === 'years' ? Number(years) : choice,
        authority: isUnset ? '' : authority.trim(),
        letterNo: isUnset ? '' : letterNo.trim(),
        approvedOn: isUnset ? null : approvedOn.day,
        validFrom: validFrom.day,
        validTo: validTo.day,
      },
      note.trim(),
    );
  return (
    <Modal
      open
      title={say.enterOf(shown.kind.title, say.enter)}
      okText={say.save}
      cancelText={commonText.cancel}
      okButtonProps={{ disabled: isBad, loading: work.isBusy }}
      onOk={save}
      onCancel={onClose}
    >
      <FailureAlert failure={work.failure} />
      <div className="rule-form" data-form>
        <DialogLine id="period-choice" label={say.howLong}>
          <select
            id="period-choice"
            className="field-input"
            value={choice}
            onChange={({ target }) => setChoice(target.value as Choice)}
          >
            {choices.map((one) => (
              <option key={one} value={one}>
                {say[one]}
              </option>
            ))}
          </select>
        </DialogLine>
        {choice === 'years' && (
          <DialogLine
            id="period-years"
            label={say.yearsLabel}
            problem={isBadYears && years !== '' ? say.yearsBad : null}
          >
            <TypedInput
              id="period-years"
              shown={years}
              onType={setYears}
              inputMode="numeric"
              isInvalid={isBadYears}
            />
          </DialogLine>
        )}
        {!isUnset && (
          <>
            <DialogLine id="period-authority" label={say.authority}>
              <TypedInput
                id="period-authority"
                shown={authority}
                onType={setAuthority}
                placeholder={say.authorityHint}
              />
            </DialogLine>
            <DialogLine id="period-letter" label={say.letterNo}>
              <TypedInput id="period-letter" shown={letterNo} onType={setLetterNo} />
            </DialogLine>
            {dayLine('period-approved', say.approvedOn, approved, setApproved)}
          </>
        )}
        {dayLine('period-from', say.validFrom, from, setFrom)}
        {dayLine('period-to', say.validTo, to, setTo)}
        <DialogLine id="period-note" label={say.note}>
          <TypedInput
            id="period-note"
            shown={note}
            onType={setNote}
            placeholder={isUnset ? say.noteHint : ''}
          />
        </DialogLine>
      </div>
    </Modal>
  );
}
