import { FilterInput } from '#shared/api/inputs.ts';
import type { Page, Row } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { publishedText } from '#shared/text/mappings.ts';
import { textOf, wholeNumber } from '../arguments.ts';
import { type OptionValues, type Run, UsageError } from '../command.ts';

function filterOf(options: OptionValues) {
  const text = options.filter;
  if (typeof text !== 'string') return undefined;
  try {
    return FilterInput.parse(JSON.parse(text));
  } catch {
    throw new UsageError(say.badOption('filter', text));
  }
}

/** `field` upwards, `-field` downwards. */
function sortOf(options: OptionValues) {
  const text = options.sort;
  if (typeof text !== 'string') return undefined;
  const descending = text.startsWith('-');
  return { field: descending ? text.slice(1) : text, descending };
}

/** Every published list that the ledger's own are taken to, with what is left open. */
export const mappings: Run = async ({ signIn }) => {
  const ledger = await signIn();
  const found = await ledger.call('mapping.list', {});
  const lines = found.mappings.map(({ mapping, title, rows }) =>
    say.mapping(mapping, title, rows.length, rows.filter((row) => !row.isVerified).length),
  );
  const without = found.without.map(({ title, why }) => say.unmapped(title, why));
  return { json: found, text: [...lines, ...without].join('\n') };
};

/** As many rows as the core gives at once. */
const pageSize = 1000;

export const list: Run = async ({ options, signIn }) => {
  const filter = filterOf(options);
  const sort = sortOf(options);
  const limit = wholeNumber(options, 'limit') ?? 100;
  const offset = wholeNumber(options, 'offset') ?? 0;
  const mappings = typeof options.mapping === 'string' ? options.mapping.split(',') : undefined;
  const ledger = await signIn();
  const input = {
    ledger: textOf(options, 'ledger'),
    ...(filter ? { filter } : {}),
    ...(sort ? { sort } : {}),
    ...(mappings ? { mappings } : {}),
  };
  const rows: Row[] = [];
  const published: NonNullable<Page['published']> = {};
  let total = 0;
  do {
    const page = {
      offset: offset + rows.length,
      limit: Math.min(pageSize, Math.max(1, limit - rows.length)),
    };
    const answer = await ledger.call('ledger.list', { ...input, ...page });
    total = answer.total;
    if (answer.rows.length === 0) break;
    rows.push(...answer.rows);
    Object.assign(published, answer.published);
  } while (rows.length < limit);
  const shown = rows.slice(0, limit);
  const spec = ledgers.find(({ name }) => name === input.ledger);
  const lines = shown.map((row) => {
    const state = spec?.workflow.states[row.state]?.label ?? row.state;
    const told = [
      row.id,
      row[spec?.number?.field ?? ''],
      row[spec?.day ?? ''],
      row.title,
      state,
      ...Object.values(published[row.id] ?? {}).map(publishedText),
    ];
    return told.filter(Boolean).join('\t');
  });
  // The codes of the published lists that were asked for stand beside the fields.
  const told = shown.map((row) => (mappings ? { ...row, published: published[row.id] } : row));
  return { json: { rows: told, total }, text: [...lines, say.total(total, shown.length)].join('\n') };
};

export const search: Run = async ({ options, words, signIn }) => {
  const text = words.join(' ');
  if (text.trim() === '') throw new UsageError(say.missingText);
  const limit = wholeNumber(options, 'limit');
  const ledger = await signIn();
  const found = await ledger.call('search.find', { text, ...(limit === undefined ? {} : { limit }) });
  const hits = found.hits.map(({ ledger: name, id, title, whole, matched }) => ({
    ledger: name,
    id,
    title,
    matched,
    // Only where there is one: scripts know the others.
    ...(whole === null ? {} : { whole }),
  }));
  const lines = hits.map(({ id, title, whole, matched }) =>
    [id, title, whole, matched].filter(Boolean).join('\t'),
  );
  return {
    json: { hits, ms: found.ms },
    text: [...lines, say.found(found.total, found.ms.toFixed(1))].join('\n'),
  };
};
