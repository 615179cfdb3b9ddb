import { useState } from 'react';
import { Combobox, fitting, type Option } from '#renderer/components/Combobox.tsx';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Area, UnitLevel } from '#shared/api/types.ts';
import { areaLevelNames, setUpText } from '#shared/text/start.ts';

const steps = [
  { level: 'province', length: 2 },
  { level: 'city', length: 4 },
  { level: 'county', length: 6 },
  { level: 'township', length: 9 },
] as const;

/** How many digits the area of an office has. */
export const codeLength: Record<UnitLevel, number> = { province: 2, city: 4, county: 6, station: 9 };

type Props = { level: UnitLevel; code: string; onChoose(code: string, name: string | null): void };

/** The place of a unit in the code table: by name or number, or level by level. */
export function AreaPicker({ level, code, onChoose }: Props) {
  const [text, setText] = useState('');
  const reading = useReadings();
  const typed = text.trim();
  const found = useQuery('setup.areas', typed === '' ? null : { text: typed });
  const provinces = useQuery('setup.areas', {});
  const last = codeLength[level];
  const provinceOf = (area: Area) =>
    provinces.value?.find((one) => area.code.startsWith(one.code))?.name ?? '';
  const options: Option[] = (found.value ?? [])
    .filter((area) => area.code.length === last)
    .map((area) => ({
      value: area.code,
      label: area.name,
      note: `${provinceOf(area)} ${area.code}`,
      search: reading(area.name),
    }));
  return (
    <>
      <div className="line">
        <label htmlFor="area-search">{setUpText.areaSearch}</label>
        <div className="line-input">
          <Combobox
            id="area-search"
            value={null}
            shown=""
            options={options}
            onType={setText}
            onChoose={(chosen) => {
              const area = found.value?.find((one) => one.code === chosen);
              if (area) onChoose(area.code, area.name);
            }}
            describedBy="area-search-note"
            autoFocus
          />
          <div id="area-search-note" className="field-note">
            <span className="field-hint">{setUpText.areaSearchHint}</span>
          </div>
        </div>
      </div>
      <div className="line">
        <span className="line-label">{setUpText.area}</span>
        <div className="line-input area-steps">
          {steps
            .filter((step) => step.length <= last)
            .map((step, index) => (
              <AreaStep
                key={step.level}
                label={areaLevelNames[step.level]}
                parent={index === 0 ? '' : code.slice(0, steps[index - 1]?.length)}
                isReady={index === 0 || code.length >= (steps[index - 1]?.length ?? 0)}
                code={code.length >= step.length ? code.slice(0, step.length) : null}
                onChoose={(area) => onChoose(area.code, area.code.length === last ? area.name : null)}
              />
            ))}
        </div>
      </div>
    </>
  );
}

type StepProps = {
  label: string;
  parent: string;
  isReady: boolean;
  code: string | null;
  onChoose(area: Area): void;
};

function AreaStep({ label, parent, isReady, code, onChoose }: StepProps) {
  const [text, setText] = useState('');
  const reading = useReadings();
  const areas = useQuery('setup.areas', isReady ? (parent === '' ? {} : { parent }) : null);
  const options = (areas.value ?? []).map((area) => ({
    value: area.code,
    label: area.name,
    note: area.code,
    search: reading(area.name),
  }));
  return (
    <Combobox
      id={`area-${label}`}
      label={label}
      placeholder={label}
      value={code}
      shown={options.find((option) => option.value === code)?.label ?? ''}
      options={fitting(options, text)}
      isDisabled={!isReady}
      onType={setText}
      onChoose={(chosen) => {
        const area = areas.value?.find((one) => one.code === chosen);
        if (area) onChoose(area);
      }}
    />
  );
}
