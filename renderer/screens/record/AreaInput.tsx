import { useState } from 'react';
import { Combobox, fitting, type Option } from '#renderer/components/Combobox.tsx';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { toHalfWidth } from '#shared/domain/text-normalise.ts';
import { formText } from '#shared/text/records.ts';
import { handedOn, type InputProps } from './input-props.ts';

const lengths = [2, 4, 6, 9, 12];

/** The place itself, not the committee by whose name the table calls it. */
const placeOf = (name: string): string => name.replace(/(?<=村)民?委员?会$|(?<=社区)居民?委员?会$/, '');

/** The code one level up, '' above the provinces. */
function parentCode(code: string): string {
  const level = lengths.indexOf(code.length);
  return level > 0 ? code.slice(0, lengths[level - 1]) : '';
}

/**
 * An administrative division: those below the unit are offered first and are typed by what their code has beyond the
 * unit's own (红光村 of 620921103 is 201, of 620921 is 103201); any other by name or code.
 */
export function AreaInput(props: InputProps) {
  const { value, onPut, onPicked } = props;
  const [text, setText] = useState('');
  const reading = useReadings();
  const session = useSession();
  const code = typeof value === 'string' ? value : null;
  const own = session?.unit.code ?? '';
  const typed = toHalfWidth(text).trim();
  const near = useQuery('divisions.children', { parent: own });
  const below = useQuery(
    'divisions.children',
    own.length === 6 && /^\d{3,6}$/.test(typed) ? { parent: own + typed.slice(0, 3) } : null,
  );
  const around = useQuery(
    'divisions.children',
    code ? { parent: code.length === 12 ? parentCode(code) : code } : null,
  );
  const found = useQuery('setup.areas', typed === '' ? null : { text: typed });
  const name = useAreaName(code);
  const ownName = useAreaName(own);

  const all = new Map<string, Option>();
  for (const area of [...(around.value ?? []), ...(near.value ?? []), ...(below.value ?? [])]) {
    const note = area.code.startsWith(own) ? area.code.slice(own.length) || area.code : area.code;
    all.set(area.code, { value: area.code, label: area.name, note, search: reading(area.name) });
  }
  const options = fitting([...all.values()], typed);
  for (const area of found.value ?? []) {
    if (!options.some((option) => option.value === area.code)) {
      options.push({ value: area.code, label: area.name, note: area.code });
    }
  }
  /** A village says little without its township. */
  const townshipOf = (village: string): string => {
    if (village.length !== 12 || !village.startsWith(own)) return '';
    const township = parentCode(village);
    return (township === own ? ownName : near.value?.find((area) => area.code === township)?.name) ?? '';
  };
  const choose = (chosen: string | null) => {
    onPut(chosen);
    const area = options.find((option) => option.value === chosen);
    if (area) onPicked?.(townshipOf(area.value) + placeOf(area.label));
  };
  return (
    <Combobox
      {...handedOn(props)}
      value={code}
      shown={code === null ? '' : (name ?? code)}
      options={options}
      onType={setText}
      onChoose={choose}
      onRaw={onPut}
      placeholder={formText.areaHint}
    />
  );
}

function useAreaName(code: string | null): string | null {
  const isCode = code !== null && /^\d+$/.test(code) && lengths.includes(code.length);
  const siblings = useQuery('divisions.children', isCode ? { parent: parentCode(code) } : null);
  return siblings.value?.find((area) => area.code === code)?.name ?? null;
}

export function AreaName({ code }: { code: string }) {
  return <>{useAreaName(code) ?? code}</>;
}
