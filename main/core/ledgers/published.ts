import type { ReadDb } from '#core/db/connection.ts';
import { AppError } from '#shared/api/errors.ts';
import type { MappingShown, Published, PublishedList, PublishedOf } from '#shared/api/mapping-types.ts';
import type { VerifyFinding } from '#shared/api/types.ts';
import type { CodeList } from '#shared/domain/code-list.ts';
import {
  type CodeMapping,
  type DecidedMapping,
  gapsOf,
  isVerified,
  mappedCode,
  mappingTitle,
  workflowList,
} from '#shared/domain/code-mapping.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import { mappingText as say } from '#shared/text/mappings.ts';
import { findRecord, type Registry } from './registry.ts';
import { fromColumn, type TableRow } from './table.ts';

/** What records are in the lists that the level above has published. Derived each time, never stored. */

/** Codes that fields can hold: those of the lists as they are here. */
export type CodesOf = (list: string) => readonly string[];

/** The codes of these lists, whenever valid, without headings; for the workflow its states. */
export const codesIn =
  (lists: readonly CodeList[], ledger: LedgerSpec): CodesOf =>
  (name) =>
    name === workflowList
      ? Object.keys(ledger.workflow.states)
      : [
          ...new Set(
            lists
              .filter(({ list }) => list === name)
              .flatMap(({ items }) => items.filter(({ heading }) => !heading).map(({ code }) => code)),
          ),
        ];

type Words = { ledger: LedgerSpec; labels: LabelContext };

/** The mappings of these names, each of this ledger. Throws `mapping-unknown`, `mapping-refused`. */
export function chosenMappings(
  mappings: readonly DecidedMapping[],
  ledger: LedgerSpec,
  names: readonly string[],
): DecidedMapping[] {
  return names.map((name) => {
    const mapping = mappings.find((one) => one.mapping === name);
    if (!mapping) throw new AppError('mapping-unknown', { mapping: name });
    if (mapping.ledger === ledger.name) return mapping;
    const title = mappingTitle(mapping);
    throw new AppError('mapping-refused', { title, reason: say.notInLedger(title) });
  });
}

/** Fields that mappings look at; the state stands in every row. */
export function fieldsBehind(mappings: readonly CodeMapping[] | readonly DecidedMapping[]): string[] {
  return [
    ...new Set(
      mappings.flatMap(({ from }) => Object.keys(from).filter((field) => from[field] !== workflowList)),
    ),
  ];
}

/** What the record of a row is; the row holds the columns of `fieldsBehind` and the state. */
export function publishedOfRow(ledger: LedgerSpec, mapping: DecidedMapping, row: TableRow): Published {
  const content = Object.fromEntries(
    fieldsBehind([mapping]).map((field) => [
      field,
      fromColumn(row[columnOf(field)], ledger.fields[field]?.kind === 'flag'),
    ]),
  );
  return publishedIn(mapping, { ...content, state: String(row.state) });
}

function publishedIn(mapping: DecidedMapping, content: Readonly<Record<string, unknown>>): Published {
  const found = mappedCode(mapping, content);
  if (found.is === 'silent') return { why: say.silent, isVerified: false };
  const verified = isVerified(mapping, mapping.rules[found.rule]?.said ?? null);
  if (found.is === 'unmapped') return { why: found.why, isVerified: verified };
  return { code: found.code, label: found.label, isVerified: verified };
}

const listOf = (mapping: DecidedMapping): PublishedList => ({
  mapping: mapping.mapping,
  list: mapping.list,
  edition: mapping.edition,
  title: mappingTitle(mapping),
  source: mapping.source,
  sure: mapping.sure,
});

/** A record in each published list that its ledger has. Throws `record-missing`. */
export function publishedOfRecord(
  db: ReadDb,
  registry: Registry,
  mappings: readonly DecidedMapping[],
  recordId: string,
): PublishedOf[] {
  const { ledger, content, state } = findRecord(db, registry, recordId);
  return mappings
    .filter((mapping) => mapping.ledger === ledger.name)
    .map((mapping) => {
      const whole = { ...content, state };
      const found = mappedCode(mapping, whole);
      const said = found.is === 'silent' ? null : (mapping.rules[found.rule]?.said ?? null);
      return { ...listOf(mapping), ...publishedIn(mapping, whole), said };
    });
}

function valueText({ ledger, labels }: Words, mapping: CodeMapping, field: string, code: string): string {
  if (code === '') return say.blank;
  const list = mapping.from[field];
  if (list === null || list === undefined) return code === 'true' ? say.yes : say.no;
  if (list === workflowList) return ledger.workflow.states[code]?.label ?? code;
  return labels.labelOf(list, code) ?? code;
}

/** A condition, or one combination, in words. */
function wordsOf(
  words: Words,
  mapping: CodeMapping,
  when: Readonly<Record<string, readonly string[]>>,
): string {
  const parts = Object.entries(when).map(([field, codes]) =>
    say.isOf(
      words.ledger.fields[field]?.label ?? say.state,
      codes.map((code) => valueText(words, mapping, field, code)),
    ),
  );
  return parts.length === 0 ? say.otherwise : parts.join(say.and);
}

const alone = (content: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(content).map(([field, code]) => [field, [code]]));

/** The whole table for the screen, with what it leaves open. `shipped`: the same as the program brings it. */
export function shownMapping(
  words: Words,
  mapping: DecidedMapping,
  shipped: CodeMapping,
  codesOf: CodesOf,
): MappingShown {
  const gaps = gapsOf(mapping, codesOf);
  const labelOf = (code: string) => mapping.items.find((item) => item.code === code)?.label ?? code;
  return {
    ...listOf(mapping),
    ledger: mapping.ledger,
    items: mapping.items,
    rows: mapping.rules.map(({ when, said, ...target }, at) => {
      const { when: _, ...original } = shipped.rules[at] ?? { when, ...target };
      return {
        when: wordsOf(words, mapping, when),
        target,
        original,
        said,
        isVerified: isVerified(mapping, said),
      };
    }),
    gaps: {
      ours: gaps.ours.map(({ field, code }) => wordsOf(words, mapping, { [field]: [code] })),
      unreached: gaps.unreached.map(labelOf),
      silent: gaps.silent.map((content) => wordsOf(words, mapping, alone(content))),
    },
  };
}

const mostSilent = 20;

/** Combinations of this ledger's codes of which a mapping says nothing, for the check. */
export function mappingFindings(words: Words, mapping: DecidedMapping, codesOf: CodesOf): VerifyFinding[] {
  return gapsOf(mapping, codesOf)
    .silent.slice(0, mostSilent)
    .map((content) => ({
      check: 'mapping',
      object: mapping.mapping,
      message: say.finding(mappingTitle(mapping), wordsOf(words, mapping, alone(content))),
    }));
}
