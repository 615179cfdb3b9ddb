import { useRef, useState } from 'react';
import { Combobox, meant, type Option } from '#renderer/components/Combobox.tsx';
import { read } from '#renderer/state/bureau.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { OutputOf } from '#shared/api/methods.ts';
import { handedOn, type InputProps } from './input-props.ts';

/** A record of another ledger, chosen by its name. */
export function RefInput(props: InputProps) {
  const { spec, value, record, onPut } = props;
  const [text, setText] = useState('');
  const ledger = spec.ref ?? '';
  const asked = (words: string) => ({
    ledger,
    limit: 50,
    ...(spec.sharing === undefined ? {} : { near: { field: spec.sharing, id: idIn(record[spec.sharing]) } }),
    ...(words.trim() === '' ? {} : { text: words.trim() }),
  });
  const found = useQuery('ledger.choices', asked(text));
  const latest = useRef(value);
  latest.current = value;
  /** Words that were left before they could be looked up: they stand as typed until somebody alone is found by them. */
  const put = async (words: string) => {
    onPut(words);
    const late = optionsOf(await read('ledger.choices', asked(words)).catch(() => []));
    const only = meant(late, words);
    if (only && latest.current === words) onPut(only.value);
  };
  const chosen = typeof value === 'string' ? value : null;
  const title = useTitle(ledger, chosen);
  // Typed words that choose nothing stand as they are; an id is nothing to read, known or not
  const words = idIn(chosen) === null ? chosen : title;
  const listed = found.value?.find(({ id }) => id === chosen)?.label;
  return (
    <Combobox
      {...handedOn(props)}
      value={chosen}
      shown={listed ?? words ?? ''}
      options={optionsOf(found.value ?? [])}
      onType={setText}
      onChoose={onPut}
      onRaw={(words) => void put(words)}
    />
  );
}

const optionsOf = (choices: OutputOf<'ledger.choices'>): Option[] =>
  choices.map(({ id, label, note }) => ({ value: id, label, note }));

const idIn = (value: unknown) => (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : null);

/** The name of a record of that register; null while it is not known, or where there is none to be seen. */
function useTitle(ledger: string, id: string | null): string | null {
  const known = idIn(id);
  const titles = useQuery('ledger.titles', known ? { ledger, ids: [known] } : null);
  return known ? (titles.value?.[known] ?? null) : null;
}
