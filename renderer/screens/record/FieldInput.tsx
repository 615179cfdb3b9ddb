import { useState } from 'react';
import { Combobox, fitting, type Option } from '#renderer/components/Combobox.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Codes } from '#renderer/state/codes.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { typedFromValue, valueFromTyped } from '#renderer/state/record-content.ts';
import type { Scalar } from '#shared/api/types.ts';
import { addDays, type Day, isDay, weekdayOf } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { formText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';
import { AreaInput } from './AreaInput.tsx';
import { RefInput } from './RefInput.tsx';

export type InputProps = {
  id: string;
  path: string;
  spec: FieldSpec;
  value: Scalar | undefined;
  /** The day whose code editions are offered. */
  on: Day;
  today: Day;
  codes: Codes;
  isInvalid: boolean;
  isReadOnly: boolean;
  onPut(value: Scalar): void;
  onLeave(): void;
};

/** The input of a field kind. A thirteenth kind does not compile without one. */
export function FieldInput(props: InputProps) {
  switch (props.spec.kind) {
    case 'code':
      return <CodeInput {...props} />;
    case 'flag':
      return <FlagInput {...props} />;
    case 'ref':
      return <RefInput {...props} />;
    case 'division':
      return <AreaInput {...props} />;
    case 'day':
      return <DayInput {...props} />;
    case 'text':
    case 'note':
    case 'count':
    case 'money':
    case 'identity':
    case 'credit':
    case 'phone':
      return <PlainInput {...props} />;
  }
}

function PlainInput({ id, path, spec, value, isInvalid, isReadOnly, onPut, onLeave }: InputProps) {
  return (
    <TypedInput
      id={id}
      path={path}
      shown={typedFromValue(spec, value)}
      onType={(typed) => onPut(valueFromTyped(spec, typed))}
      onLeave={onLeave}
      isLong={spec.kind === 'note'}
      isInvalid={isInvalid}
      isReadOnly={isReadOnly}
      isRequired={spec.required === true}
      describedBy={`${id}-note`}
      inputMode={spec.kind === 'count' ? 'numeric' : spec.kind === 'money' ? 'decimal' : 'text'}
    />
  );
}

function DayInput({ id, path, spec, value, today, isInvalid, isReadOnly, onPut, onLeave }: InputProps) {
  const weekday = isDay(value) ? formText.weekdays[weekdayOf(value)] : '';
  return (
    <div className="with-suffix">
      <TypedInput
        id={id}
        path={path}
        shown={typedFromValue(spec, value)}
        onType={(typed) => onPut(valueFromTyped(spec, typed))}
        onLeave={onLeave}
        onStep={(step) => {
          const day = isDay(value) ? addDays(value, step) : today;
          onPut(day);
          return day;
        }}
        isInvalid={isInvalid}
        isReadOnly={isReadOnly}
        isRequired={spec.required === true}
        describedBy={`${id}-note`}
        inputMode="numeric"
      />
      <span className="suffix">{weekday}</span>
    </div>
  );
}

function CodeInput({ id, path, spec, value, on, codes, isInvalid, isReadOnly, onPut, onLeave }: InputProps) {
  const [text, setText] = useState('');
  const reading = useReadings();
  const options: Option[] = codes.items(spec.codes ?? '', on).map(({ code, label, aliases = [] }, index) => ({
    value: code,
    label,
    // Published codes are numbers and are typed; lists of our own have words inside, so the place is typed.
    note: /^\d/.test(code) ? code : String(index + 1),
    search: [label, ...aliases].map(reading).concat(aliases).join(' ').toLowerCase(),
  }));
  const code = typeof value === 'string' ? value : null;
  return (
    <Combobox
      id={id}
      path={path}
      value={code}
      shown={code === null ? '' : shownCode(codes, spec.codes ?? '', code)}
      options={fitting(options, text)}
      onType={setText}
      onChoose={onPut}
      onRaw={onPut}
      onLeave={onLeave}
      isInvalid={isInvalid}
      isReadOnly={isReadOnly}
      isRequired={spec.required === true}
      describedBy={`${id}-note`}
    />
  );
}

export function shownCode(codes: Codes, list: string, code: string): string {
  const label = codes.label(list, code);
  if (label !== null) return label;
  // Words that no code answers to stand as they were typed; a bare code is named as unknown.
  return codes.isReady && /^[0-9A-Za-z]+$/.test(code) ? commonText.unknownCode(code) : code;
}

const flagOptions: Option[] = [
  { value: 'true', label: commonText.yes, note: '1', search: 's shi y 1' },
  { value: 'false', label: commonText.no, note: '0', search: 'f fou n 0' },
];

function FlagInput({ id, path, spec, value, isInvalid, isReadOnly, onPut, onLeave }: InputProps) {
  const [text, setText] = useState('');
  return (
    <Combobox
      id={id}
      path={path}
      value={typeof value === 'boolean' ? String(value) : null}
      shown={value === true ? commonText.yes : value === false ? commonText.no : ''}
      options={fitting(flagOptions, text)}
      onType={setText}
      onChoose={(chosen) => onPut(chosen === null ? null : chosen === 'true')}
      onLeave={onLeave}
      isInvalid={isInvalid}
      isReadOnly={isReadOnly}
      isRequired={spec.required === true}
      describedBy={`${id}-note`}
    />
  );
}
