import { type ComponentProps, useState } from 'react';
import { addDays, type Day, isDay, weekdayOf } from '#shared/domain/day.ts';
import { day as dayKind } from '#shared/kinds/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { formText } from '#shared/text/records.ts';
import { dayInputText } from '#shared/text/window.ts';
import { TypedInput } from './TypedInput.tsx';

type Typed = ComponentProps<typeof TypedInput>;
type Props = Omit<Typed, 'shown' | 'onType' | 'onStep' | 'isLong' | 'inputMode'> & {
  /** The day; or what was typed, where it is none. */
  value: string;
  onChange(value: string): void;
  today: Day;
  /** What the day is of, where that tells its year. */
  spec?: FieldSpec;
  hasWeekday?: boolean;
  /** The first day of a range that this is the last of. */
  notBefore?: string | undefined;
};

const anyDay: FieldSpec = { kind: 'day', label: '' };

/**
 * Every place where a day is typed: 5.6, 0506, 20230506, 2023年5月6日, 昨天; arrows count on. Whoever does not say
 * himself what is wrong with it (`isInvalid`) has it said in the field once it is left.
 */
export function DayInput({
  value,
  onChange,
  today,
  spec = anyDay,
  hasWeekday,
  notBefore = '',
  ...rest
}: Props) {
  const [isTyping, setTyping] = useState(false);
  const isUnread = rest.isInvalid === undefined && !isTyping && value.trim() !== '' && !isDay(value);
  const isReversed = !isTyping && isDay(value) && isDay(notBefore) && value < notBefore;
  const isWrong = isUnread || isReversed;
  const said = `${rest.id}-said`;
  return (
    <div className="with-suffix">
      <TypedInput
        {...rest}
        isInvalid={rest.isInvalid ?? isWrong}
        describedBy={isWrong ? said : rest.describedBy}
        shown={value}
        onType={(typed) => {
          setTyping(true);
          const read = dayKind.fromText(typed, spec, today);
          onChange(read.ok ? (read.value as string) : typed.trim() === '' ? '' : typed);
        }}
        onLeave={() => {
          setTyping(false);
          rest.onLeave?.();
        }}
        onStep={(step) => {
          const day = isDay(value) ? addDays(value, step) : today;
          onChange(day);
          return day;
        }}
        inputMode="numeric"
      />
      {isWrong && (
        <span id={said} className="suffix suffix-problem">
          {isUnread ? dayInputText.unread : dayInputText.reversed}
        </span>
      )}
      {hasWeekday && isDay(value) && <span className="suffix">{formText.weekdays[weekdayOf(value)]}</span>}
    </div>
  );
}
