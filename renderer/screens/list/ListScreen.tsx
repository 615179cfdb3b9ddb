import { Alert, Button, Spin, Tag } from 'antd';
import { useState } from 'react';
import { useActions } from '#renderer/commands/actions.ts';
import { type Column, DataGrid, type Sort } from '#renderer/components/DataGrid.tsx';
import { AreaName } from '#renderer/screens/record/AreaInput.tsx';
import { shownCode } from '#renderer/screens/record/FieldInput.tsx';
import { useCodes } from '#renderer/state/codes.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { useMayChange } from '#renderer/state/reach.ts';
import { openRecord } from '#renderer/state/route.ts';
import { useRows } from '#renderer/state/rows.ts';
import type { Row } from '#shared/api/types.ts';
import { yuanTableText } from '#shared/domain/money.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { errorText } from '#shared/text/errors.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { printText } from '#shared/text/prints.ts';
import { draftText, listText } from '#shared/text/records.ts';
import { actionText, commonText } from '#shared/text/window.ts';
import { DraftList } from './DraftList.tsx';
import { type Filter, Filters, filterInput } from './Filters.tsx';
import { PrintDialog } from './PrintDialog.tsx';

/** Columns of a list: the headline, the state beside it (seen in a narrow window too), then what the description lists. */
function columnsOf(ledger: LedgerSpec): Column[] {
  const { headline } = ledger;
  const title =
    'children' in headline
      ? (listText.headline[ledger.name] ?? ledger.children[headline.children]?.title ?? ledger.noun)
      : (ledger.fields[headline.field]?.label ?? ledger.noun);
  return [
    { key: 'title', title, width: 180, canSort: false },
    { key: 'state', title: listText.state, width: 104, canSort: false },
    ...Object.entries(ledger.fields)
      .filter(([, spec]) => spec.list !== undefined)
      .map(([key, spec]) => ({
        key,
        title: spec.label,
        width: spec.list ?? 100,
        canSort: spec.sort === true,
        isAmount: spec.kind === 'money',
      })),
  ];
}

/** A record that has come as far as to have a number, where there was none to give. */
const isPending = (ledger: LedgerSpec, row: Row, field: string) =>
  ledger.number?.field === field && !ledger.workflow.states[row.state]?.isUnnumbered;

function emptyText(ledger: LedgerSpec, isFiltered: boolean, canWrite: boolean): string {
  if (isFiltered) return listText.emptyFiltered(ledger.noun);
  return listText.empty(ledger.noun, canWrite) + (listText.beside[ledger.name] ?? '');
}

/** Without conditions on what the unit has turned off since. */
const stillUsed = (ledger: LedgerSpec, filter: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([field]) => !ledger.fields[field]?.isOff));

/** The list of any described ledger. */
export function ListScreen({ ledger, begins }: { ledger: LedgerSpec; begins?: Filter | undefined }) {
  const [keptFilter, setFilter] = useKept<Filter>(`list ${ledger.name} filter`, begins ?? {});
  const filter = stillUsed(ledger, keptFilter);
  const [isPrinting, setPrinting] = useState(false);
  const byDay = { field: ledger.day, descending: true };
  const [keptSort, setSort] = useKept<Sort | null>(`list ${ledger.name} sort`, byDay);
  const sort = keptSort && ledger.fields[keptSort.field]?.isOff ? byDay : keptSort;
  const [showsFilters, setShowsFilters] = useKept(`list ${ledger.name} filters`, begins !== undefined);
  const codes = useCodes();
  const canWrite = useMayChange(ledger);
  const wanted = filterInput(filter);
  const question = { ledger: ledger.name, ...(wanted ? { filter: wanted } : {}), ...(sort ? { sort } : {}) };
  const rows = useRows(question);
  const drafts = useQuery('draft.list', canWrite ? {} : null);
  const mine = (drafts.value ?? []).filter((draft) => draft.ledger === ledger.name);
  const create = () => openRecord(ledger.name, null);
  useActions('list', [
    {
      id: 'list.new',
      label: actionText.newRecord(ledger.noun),
      shortcut: 'Ctrl+N',
      isEnabled: canWrite,
      run: create,
    },
    {
      id: 'list.print',
      label: printText.list,
      shortcut: 'Ctrl+P',
      isEnabled: true,
      run: () => setPrinting(true),
    },
    {
      id: 'list.insert',
      label: actionText.newRecord(ledger.noun),
      shortcut: 'Insert',
      isEnabled: canWrite,
      run: create,
    },
  ]);

  const cell = (row: Row, column: Column) => {
    if (column.key === 'state') {
      const state = ledger.workflow.states[row.state];
      return <Tag color={state?.tone ?? 'default'}>{state?.label ?? row.state}</Tag>;
    }
    const value = row[column.key];
    if (value === undefined || value === null || value === '')
      return isPending(ledger, row, column.key) ? <span className="quiet">{numberingText.pending}</span> : '';
    const spec = ledger.fields[column.key];
    if (!spec) return String(value);
    if (spec.kind === 'money' && typeof value === 'number') return yuanTableText(value);
    if (spec.kind === 'code') return shownCode(codes, spec.codes ?? '', String(value));
    if (spec.kind === 'ref') return rows.titleOf(String(value));
    if (spec.kind === 'division') return <AreaName code={String(value)} />;
    return kindOf(spec.kind).toText(value, spec, {
      labelOf: () => null,
      titleOf: () => null,
      areaOf: () => null,
    });
  };

  const filtered = Object.keys(wanted ?? {}).length;
  return (
    <section className="screen" aria-label={ledger.title}>
      <header className="screen-head">
        <h1 className="screen-title">{ledger.title}</h1>
        <span className="quiet" role="status">
          {rows.total !== null && listText.total(rows.total)}
        </span>
        <span className="stretch" />
        <Button size="small" aria-expanded={showsFilters} onClick={() => setShowsFilters(!showsFilters)}>
          {listText.filters}
          {filtered > 0 && commonText.aside(filtered)}
        </Button>
        {filtered > 0 && (
          <Button size="small" onClick={() => setFilter({})}>
            {listText.clear}
          </Button>
        )}
        <Button size="small" onClick={() => setPrinting(true)} title="Ctrl+P">
          {printText.list}
        </Button>
        {canWrite && (
          <Button size="small" type="primary" onClick={create} title="Ctrl+N">
            {actionText.newRecord(ledger.noun)}
          </Button>
        )}
      </header>
      {mine.length > 0 && <DraftList ledger={ledger} drafts={mine} title={draftText.title} />}
      {showsFilters && <Filters ledger={ledger} filter={filter} onChange={setFilter} codes={codes} />}
      {isPrinting && <PrintDialog ledger={ledger} question={question} onClose={() => setPrinting(false)} />}
      {rows.failure && (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={errorText(rows.failure)}
          action={<Button onClick={rows.reload}>{commonText.retry}</Button>}
        />
      )}
      {rows.total === null ? (
        !rows.failure && <Spin className="centre" />
      ) : (
        <DataGrid
          label={listText.grid(ledger.title)}
          columns={columnsOf(ledger)}
          total={rows.total}
          rowAt={rows.rowAt}
          onWant={rows.want}
          cell={cell}
          sort={sort}
          onSort={setSort}
          onOpen={(row) => openRecord(ledger.name, row.id)}
          resetKey={JSON.stringify(question)}
          empty={emptyText(ledger, filtered > 0, canWrite)}
        />
      )}
    </section>
  );
}
