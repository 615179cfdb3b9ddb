import { Button, Input, Tag } from 'antd';
import { useRef, useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { sees } from '#renderer/state/may.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useMay, useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { CodeListShown } from '#shared/domain/code-edition.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { codesText, optionalText } from '#shared/text/codes.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { commonText } from '#shared/text/window.ts';
import { CodeEditor } from './CodeEditor.tsx';
import { CodeTable } from './CodeTable.tsx';
import { MappingDetails, WithoutMapping } from './MappingDetails.tsx';
import { OptionalFields } from './OptionalFields.tsx';

/** Mappings are chosen beside the lists, whose names hold no colon. */
const tableKey = (mapping: string) => `mapping:${mapping}`;
const withoutKey = 'mapping:';
const optionalKey = (ledger: string) => `optional:${ledger}`;

/** Registers some of whose fields a unit turns on. */
const withOptional = ledgers.filter((ledger) => optionalFieldsOf(ledger).length > 0);

/** Every code list with where it comes from and how sure it is; the county's own can be changed here. */
export function CodesScreen() {
  const { value, failure } = useQuery('codes.lists', {});
  const mappings = useQuery('mapping.list', {});
  const reading = useReadings();
  const session = useSession();
  const [typed, setTyped] = useKept('codes find', '');
  const [chosen, setChosen] = useKept<string | null>('codes list', null);
  const wanted = typed.trim().toLowerCase();
  const lists = [...(value ?? [])]
    .sort((one, other) => Number(other.isLocal ?? false) - Number(one.isLocal ?? false))
    .filter(({ title, list }) => `${title} ${list} ${reading(title)}`.toLowerCase().includes(wanted));
  const tables = (mappings.value?.mappings ?? []).filter(({ title, mapping }) =>
    `${title} ${mapping} ${reading(title)}`.toLowerCase().includes(wanted),
  );
  const table = tables.find(({ mapping }) => chosen === tableKey(mapping));
  const isWithout = chosen === withoutKey && wanted === '';
  const list = lists.find((one) => one.list === chosen) ?? lists[0];
  const registers = withOptional.filter(
    ({ name, title }) => session && sees(session, name) && `${title} ${reading(title)}`.includes(wanted),
  );
  const register = registers.find(({ name }) => chosen === optionalKey(name));
  const isList = !table && !isWithout && !register;
  return (
    <section className="screen" aria-label={codesText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{codesText.title}</h1>
        <Input
          size="small"
          className="codes-find"
          aria-label={codesText.find}
          placeholder={codesText.find}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </header>
      <FailureAlert failure={failure ?? mappings.failure} />
      <div className="codes">
        <nav className="codes-lists" aria-label={codesText.lists}>
          {registers.length > 0 && <h2 className="codes-group">{optionalText.group}</h2>}
          {registers.map(({ name, title }) => (
            <button
              key={name}
              type="button"
              className="codes-list"
              aria-current={register?.name === name ? 'true' : undefined}
              onClick={() => setChosen(optionalKey(name))}
            >
              {title}
            </button>
          ))}
          {registers.length > 0 && <h2 className="codes-group">{codesText.lists}</h2>}
          {lists.map((one) => (
            <button
              key={`${one.list} ${one.edition}`}
              type="button"
              className="codes-list"
              aria-current={isList && one === list ? 'true' : undefined}
              onClick={() => setChosen(one.list)}
            >
              {one.title}
              {one.isLocal && <Tag>{codesText.own}</Tag>}
            </button>
          ))}
          {tables.length > 0 && <h2 className="codes-group">{mappingText.group}</h2>}
          {tables.map(({ mapping, title }) => (
            <button
              key={mapping}
              type="button"
              className="codes-list"
              aria-current={table?.mapping === mapping ? 'true' : undefined}
              onClick={() => setChosen(tableKey(mapping))}
            >
              {title}
            </button>
          ))}
          {wanted === '' && (
            <button
              type="button"
              className="codes-list"
              aria-current={isWithout ? 'true' : undefined}
              onClick={() => setChosen(withoutKey)}
            >
              {mappingText.without}
            </button>
          )}
        </nav>
        {register && <OptionalFields ledger={register} />}
        {table && <MappingDetails key={table.mapping} shown={table} />}
        {isWithout && <WithoutMapping without={mappings.value?.without ?? []} />}
        {isList && list && <ListDetails key={list.list} list={list} />}
      </div>
    </section>
  );
}

/** Those that there are, one behind the other. */
const sentences = (parts: readonly (string | false | null | undefined)[]) =>
  parts.filter(Boolean).join(commonText.full);

function ListDetails({ list }: { list: CodeListShown }) {
  const canConfirm = useMay('codes.confirm');
  const use = useQuery('codes.use', { list: list.list });
  const [isEditing, setEditing] = useKept(`codes ${list.list} editing`, false);
  const [note, setNote] = useKept<string | null>(`codes ${list.list} note`, null);
  const work = useAttempt();
  const [done, setDone] = useState<string | null>(null);
  const { local, confirmed } = list;
  const section = useRef<HTMLElement>(null);

  /** What is closed takes the focus along, which stays at the list then. */
  const stay = () => section.current?.focus();
  const confirm = async () => {
    if (note?.trim() === '') return setDone(codesText.noBasis);
    setDone(null);
    const isDone = await work.attempt(async () => {
      await call('codes.confirm', { list: list.list, note: note ?? '' });
      return codesText.confirmedNow;
    });
    if (!isDone) return;
    stay();
    setNote(null);
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section ref={section} className="codes-details" tabIndex={0} aria-label={list.title}>
      <h2 className="section-title related-title">
        {list.title}
        <span className="quiet" role="status">
          {done ?? work.done}
        </span>
        <span className="stretch" />
        {canConfirm && !isEditing && note === null && (
          <Button size="small" onClick={() => setNote('')}>
            {codesText.confirm}
          </Button>
        )}
        {canConfirm && list.isLocal && !isEditing && (
          <Button size="small" type="primary" onClick={() => setEditing(true)}>
            {codesText.edit}
          </Button>
        )}
      </h2>
      <FailureAlert failure={work.failure} />
      <p>{commonText.labelled(codesText.source, list.source)}</p>
      <p>
        {sentences([
          local ? codesText.local(local.by, localInstant(local.at)) : codesText.shipped(list.edition),
          local && codesText.basisOf(local.note),
          !list.isLocal && codesText.published,
        ])}
      </p>
      <p>
        {sentences([
          codesText.sure[list.sure],
          confirmed && codesText.confirmed(confirmed.by, localInstant(confirmed.at)),
          confirmed ? codesText.basisOf(confirmed.note) : codesText.unconfirmed,
        ])}
      </p>
      {note !== null && (
        <p className="codes-confirm">
          <Input
            autoFocus
            size="small"
            aria-label={codesText.confirmNote}
            placeholder={codesText.confirmNote}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={onKeys((event) => {
              if (event.key === 'Enter') void confirm();
            })}
          />
          <Button size="small" type="primary" onClick={() => void confirm()}>
            {codesText.confirm}
          </Button>
          <Button
            size="small"
            onClick={() => {
              stay();
              setNote(null);
            }}
          >
            {codesText.cancel}
          </Button>
        </p>
      )}
      {isEditing ? (
        <CodeEditor
          list={list}
          use={use.value ?? []}
          onDone={(saved) => {
            stay();
            setEditing(false);
            setDone(saved ? codesText.saved : null);
          }}
        />
      ) : (
        <CodeTable list={list} use={use.value ?? []} />
      )}
    </section>
  );
}
