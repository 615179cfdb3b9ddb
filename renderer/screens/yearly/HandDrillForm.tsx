import { Button } from 'antd';
import { useLayoutEffect } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { past } from '#renderer/components/past-day.ts';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useSession } from '#renderer/state/program.ts';
import { isDay } from '#shared/domain/day.ts';
import { careText } from '#shared/text/care.ts';
import { commonText } from '#shared/text/window.ts';

const { handDrill: say } = careText;

/** A drill that was done by the page of guidance, from the paper that was signed. */
export function HandDrillForm({ work, onClose }: { work: Attempt; onClose(): void }) {
  const account = useSession()?.account.name ?? '';
  const [on, setOn] = useKept<string>('hand drill on', today());
  const [by, setBy] = useKept('hand drill by', account);
  const [copy, setCopy] = useKept('hand drill copy', '');
  const [machine, setMachine] = useKept('hand drill machine', '');
  const [minutes, setMinutes] = useKept('hand drill minutes', '');
  const [isGood, setGood] = useKept('hand drill good', true);
  const [fault, setFault] = useKept('hand drill fault', '');
  useLayoutEffect(() => document.getElementById('hand-drill-on')?.focus(), []);
  const isBadMinutes = minutes.trim() !== '' && !/^[1-9]\d{0,3}$/.test(minutes.trim());
  const isWhole =
    isDay(on) &&
    [by, copy, machine, minutes, isGood ? '-' : fault].every((text) => text.trim() !== '') &&
    !isBadMinutes;
  const save = async () => {
    const isDone = await work.attempt(
      async () => {
        await call('system.enterDrill', {
          on,
          by: by.trim(),
          copy: copy.trim(),
          machine: machine.trim(),
          minutes: Number(minutes),
          ...(isGood ? {} : { fault: fault.trim() }),
        });
        return say.saved(on);
      },
      { what: 'handDrill' },
    );
    if (isDone) onClose();
  };
  const line = (
    name: string,
    label: string,
    shown: string,
    onType: (text: string) => void,
    hint?: string,
  ) => (
    <Field id={`hand-drill-${name}`} label={label} isRequired hint={hint}>
      <TypedInput id={`hand-drill-${name}`} shown={shown} onType={onType} isRequired />
    </Field>
  );
  return (
    <section className="section framed" aria-label={say.title}>
      <h3 className="section-title">{say.title}</h3>
      <div className="form-grid" data-form>
        <Field id="hand-drill-on" label={say.on} isRequired>
          <DayInput id="hand-drill-on" value={on} onChange={setOn} today={today()} spec={past} isRequired />
        </Field>
        {line('by', say.by, by, setBy)}
        {line('copy', say.copy, copy, setCopy, say.copyHint)}
        {line('machine', say.machine, machine, setMachine, say.machineHint)}
        <Field
          id="hand-drill-minutes"
          label={say.minutes}
          isRequired
          problem={isBadMinutes ? say.minutesBad : null}
        >
          <TypedInput
            id="hand-drill-minutes"
            shown={minutes}
            onType={setMinutes}
            inputMode="numeric"
            isInvalid={isBadMinutes}
            isRequired
          />
        </Field>
        <Field id="hand-drill-result" label={say.result} isRequired>
          <select
            id="hand-drill-result"
            className="field-input"
            value={isGood ? 'good' : 'failed'}
            onChange={({ target }) => setGood(target.value === 'good')}
          >
            <option value="good">{say.good}</option>
            <option value="failed">{say.failed}</option>
          </select>
        </Field>
        {!isGood && line('fault', say.fault, fault, setFault)}
      </div>
      <p className="quiet">{say.hint}</p>
      <Button
        size="small"
        type="primary"
        disabled={!isWhole || work.busy !== null}
        loading={work.busy === 'handDrill'}
        onClick={() => void save()}
      >
        {say.save}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}
