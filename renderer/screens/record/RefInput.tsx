import { useState } from 'react';
import { Combobox } from '#renderer/components/Combobox.tsx';
import { useQuery } from '#renderer/state/queries.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
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
  return (
    <Combobox
      {...handedOn(props)}
      value={chosen}
      shown={chosen === null ? '' : (title ?? chosen)}
      options={(found.value ?? []).map((one) => ({ value: one.id, label: one.label, note: one.note }))}
      onType={setText}
      onChoose={onPut}
      onRaw={onPut}
    />
  );
}

const idIn = (value: unknown) => (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : null);

/** The name of a record: from the choices where it is among them, else read by itself. Null while unknown. */
function useTitle(ledger: string, id: string | null): string | null {
  const known = idIn(id);
  const choices = useQuery('ledger.choices', known ? { ledger, limit: 200 } : null);
  const listed = choices.value?.find((one) => one.id === id)?.label ?? null;
  const whole = useQuery(
    'ledger.get',
    known && choices.value !== null && listed === null ? { id: known } : null,
  );
  if (!known) return null;
  const spec = ledgers.find(({ name }) => name === ledger);
  return listed ?? (whole.value && spec ? headlineOf(spec, whole.value.record) : null);
}

export function RefTitle({ ledger, id }: { ledger: string; id: string }) {
  return <>{useTitle(ledger, id) ?? ''}</>;
}
