import { useState } from 'react';
import { Combobox, fitting, type Option } from '#renderer/components/Combobox.tsx';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Codes } from '#renderer/state/codes.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { typedFromValue, valueFromTyped } from '#renderer/state/record-content.ts';
import { typedNumber } from '#shared/domain/code-list.ts';
import { commonText } from '#shared/text/window.ts';
import { AreaInput } from './AreaInput.tsx';
import { handedOn, type InputProps } from './input-props.ts';
import { NoteInput } from './NoteInput.tsx';
import { RefInput } from './RefInput.tsx';

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
      return <DayField {...props} />;
    case 'note':
      return <NoteInput {...props} />;
    case 'text':
    case 'count':
    case 'money':
    case 'identity':
    case 'credit':
    case 'phone':
      return <PlainInput {...props} />;
  }
}

function PlainInput(props: InputProps) {
  const { spec, value, onPut } = props;
  return (
    <TypedInput
      {...handedOn(props)}
      shown={typedFromValue(spec, value)}
      onType={(typed) => onPut(valueFromTyped(spec, typed))}
      inputMode={spec.kind === 'count' ? 'numeric' : spec.kind === 'money' ? 'decimal' : 'text'}
    />
  );
}

function DayField(props: InputProps) {
  const { spec, value, today, onPut } = props;
  return (
    <DayInput
      {...handedOn(props)}
      value={typedFromValue(spec, value)}
      onChange={(day) => onPut(day === '' ? null : day)}
      today={today}
      spec={spec}
      hasWeekday
    />
  );
}

function CodeInput(props: InputProps) {
  const { spec, value, on, codes, onPut } = props;
  const [text, setText] = useState('');
  const reading = useReadings();
  const options: Option[] = codes.items(spec.codes ?? '', on).map(({ code, label, aliases = [] }, index) => ({
    value: code,
    label,
    note: typedNumber(code, index),
    search: [label, ...aliases].map(reading).concat(aliases).join(' ').toLowerCase(),
  }));
  const code = typeof value === 'string' ? value : null;
  return (
    <Combobox
      {...handedOn(props)}
      value={code}
      shown={code === null ? '' : shownCode(codes, spec.codes ?? '', code)}
      options={fitting(options, text)}
      onType={setText}
      onChoose={onPut}
      onRaw={onPut}
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

function FlagInput(props: InputProps) {
  const { spec, value, onPut } = props;
  const [text, setText] = useState('');
  return (
    <Combobox
      {...handedOn(props)}
      value={typeof value === 'boolean' ? String(value) : null}
      shown={typedFromValue(spec, value)}
      options={fitting(flagOptions, text)}
      onType={setText}
      onChoose={(chosen) => onPut(chosen === null ? null : chosen === 'true')}
      onRaw={(typed) => onPut(valueFromTyped(spec, typed))}
    />
  );
}
