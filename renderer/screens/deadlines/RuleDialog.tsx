import { Button, Checkbox, Modal } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { DialogLine } from '#renderer/components/DialogLine.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { RuleShown } from '#shared/api/deadline-types.ts';
import type { Failure } from '#shared/api/errors.ts';
import { isDay } from '#shared/domain/day.ts';
import { decisionOf, type RuleDecision, rolls, strengths, units } from '#shared/domain/deadline-rule.ts';
import { boardText, ruleText } from '#shared/text/deadlines.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  shown: RuleShown;
  failure: Failure | null;
  onSave(decision: RuleDecision, note: string): void;
  onClose(): void;
};

/** What a bureau may decide on a rule: how long, how strict, moved on or not, used at all; from which day, and why. */
export function RuleDialog({ shown, failure, onSave, onClose }: Props) {
  const { rule, original } = shown;
  const [decision, setDecision] = useKept<RuleDecision>('rule decision', {
    ...decisionOf(rule),
    isOff: shown.isOff,
  });
  const [offset, setOffset] = useKept('rule offset', String(decision.offset));
  const [note, setNote] = useKept('rule note', shown.history[0]?.note ?? '');
  const [since, setSince] = useKept('rule since', shown.history[0]?.decision.since ?? '');
  const isBadSince = since.trim() !== '' && !isDay(since);
  const isBad = !/^\d{1,4}$/.test(offset.trim()) || Number(offset) > 2000;
  const set = (change: Partial<RuleDecision>) => setDecision({ ...decision, ...change });
  const select = <V extends string>(
    id: string,
    value: V,
    choices: readonly V[],
    words: Readonly<Record<V, string>>,
    onChange: (value: V) => void,
  ) => (
    <select
      id={id}
      className="field-input"
      value={value}
      onChange={({ target }) => onChange(target.value as V)}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </select>
  );
  return (
    <Modal
      open
      title={ruleText.changeOf(rule.title)}
      okText={ruleText.save}
      cancelText={commonText.cancel}
      okButtonProps={{ disabled: isBad || isBadSince }}
      onOk={() =>
        onSave({ ...decision, offset: Number(offset), since: isDay(since) ? since : null }, note.trim())
      }
      onCancel={onClose}
    >
      <FailureAlert failure={failure} />
      <div className="rule-form" data-form>
        <Checkbox checked={!decision.isOff} onChange={({ target }) => set({ isOff: !target.checked })}>
          {ruleText.use}
        </Checkbox>
        <DialogLine id="rule-offset" label={ruleText.offset} problem={isBad ? ruleText.offsetBad : null}>
          <TypedInput
            id="rule-offset"
            shown={offset}
            onType={setOffset}
            inputMode="numeric"
            isInvalid={isBad}
          />
        </DialogLine>
        <DialogLine id="rule-unit" label={ruleText.unit}>
          {select('rule-unit', decision.unit, units, ruleText.units, (unit) => set({ unit }))}
        </DialogLine>
        <DialogLine id="rule-roll" label={ruleText.roll}>
          {select('rule-roll', decision.roll, rolls, ruleText.rolls, (roll) => set({ roll }))}
        </DialogLine>
        <DialogLine id="rule-strength" label={ruleText.strength}>
          {select('rule-strength', decision.strength, strengths, boardText.strength, (strength) =>
            set({ strength }),
          )}
        </DialogLine>
        <DialogLine id="rule-since" label={ruleText.since} problem={isBadSince ? ruleText.sinceBad : null}>
          <DayInput
            id="rule-since"
            value={since}
            onChange={setSince}
            today={today()}
            placeholder={ruleText.sinceHint}
            isInvalid={isBadSince}
          />
        </DialogLine>
        <DialogLine id="rule-note" label={ruleText.note}>
          <TypedInput id="rule-note" shown={note} onType={setNote} placeholder={ruleText.noteHint} />
        </DialogLine>
        <Button
          size="small"
          onClick={() => {
            setDecision(original);
            setOffset(String(original.offset));
            setSince('');
          }}
        >
          {ruleText.restore}
        </Button>
      </div>
    </Modal>
  );
}
