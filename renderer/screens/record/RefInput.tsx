import { useRef, useState } from 'react';
import { Combobox, meant, type Option } from '#renderer/components/Combobox.tsx';
import { read } from '#renderer/state/bureau.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { OutputOf } from '#shared/api/methods.ts';
import { navigationLabels, reachText } from '#shared/text/window.ts';
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
  const isSeen = useSees(ledger);
  const found = useQuery('ledger.choices', isSeen ? asked(text) : null);
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
  const title = useTitle(ledger, isSeen ? chosen : null);
  // Typed words that choose nothing stand as they are; an id is nothing to read, known or not
  const words = idIn(chosen) === null ? chosen : title;
  const listed = found.value?.find(({ id }) => id === chosen)?.label;
  if (!isSeen) return <NotSeen {...props} ledger={ledger} />;
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

/** A field of a register that the account does not see: what stands there stays, and nothing can be chosen. */
function NotSeen({ id, ledger }: InputProps & { ledger: string }) {
  const said = reachText.choices(navigationLabels[ledger] ?? '');
  return <input id={id} className="field-input" disabled value={said} title={said} />;
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
