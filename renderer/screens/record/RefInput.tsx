import { useState } from 'react';
import { Combobox } from '#renderer/components/Combobox.tsx';
import { useQuery } from '#renderer/state/queries.ts';
import { handedOn, type InputProps } from './input-props.ts';

/** A record of another ledger, chosen by its name. */
export function RefInput(props: InputProps) {
  const { spec, value, record, onPut } = props;
  const [text, setText] = useState('');
  const ledger = spec.ref ?? '';
  const found = useQuery('ledger.choices', {
    ledger,
    limit: 50,
    ...(spec.sharing === undefined ? {} : { near: { field: spec.sharing, id: idIn(record[spec.sharing]) } }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  });
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
      options={(found.value ?? []).map((one) => ({ value: one.id, label: one.label, note: one.note }))}
      onType={setText}
      onChoose={onPut}
      onRaw={onPut}
    />
  );
}

const idIn = (value: unknown) => (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : null);

/** The name of a record of that register; null while it is not known, or where there is none to be seen. */
function useTitle(ledger: string, id: string | null): string | null {
  const known = idIn(id);
  const titles = useQuery('ledger.titles', known ? { ledger, ids: [known] } : null);
  return known ? (titles.value?.[known] ?? null) : null;
}
