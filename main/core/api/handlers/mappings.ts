import type { ReadDb } from '#core/db/connection.ts';
import { codesIn, mappingFindings, publishedOfRecord, shownMapping } from '#core/ledgers/published.ts';
import { decidedMappings, putDecided } from '#core/settings/code-mappings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Mappings } from '#shared/api/mapping-types.ts';
import type { VerifyFinding } from '#shared/api/types.ts';
import { type DecidedMapping, mappingTitle } from '#shared/domain/code-mapping.ts';
import { mappingText } from '#shared/text/mappings.ts';
import type { HandlersOf, Kit } from '../context.ts';

const wordsFor = (kit: Kit, db: ReadDb, mapping: DecidedMapping) => ({
  ledger: kit.registry.find(mapping.ledger),
  labels: kit.labels(db),
});

/** The tables as they stand, each over the lists as they are here. */
function shown(kit: Kit, db: ReadDb, mappings: readonly DecidedMapping[]): Mappings {
  const { mappings: shipped, gaps } = kit.shippedMappings;
  const titleOf = (name: string) => kit.shipped.find(({ list }) => list === name)?.title ?? name;
  return {
    mappings: mappings.flatMap((mapping) => {
      const own = shipped.find((one) => one.mapping === mapping.mapping);
      const words = wordsFor(kit, db, mapping);
      return own ? [shownMapping(words, mapping, own, codesIn(kit.lists(), words.ledger))] : [];
    }),
    without: gaps.groups.flatMap(({ why, lists }) => lists.map((name) => ({ title: titleOf(name), why }))),
  };
}

/** Codes of this ledger's lists that a mapping says nothing of. */
export const wrongMappings = (kit: Kit, db: ReadDb): VerifyFinding[] =>
  kit.mappings().flatMap((mapping) => {
    const words = wordsFor(kit, db, mapping);
    return mappingFindings(words, mapping, codesIn(kit.lists(), words.ledger));
  });

export const mappingHandlers = {
  'mapping.list': ({ db, kit }) => shown(kit, db, kit.mappings()),

  'mapping.record': ({ db, kit }, { id }) => publishedOfRecord(db, kit.registry, kit.mappings(), id),

  'mapping.decide': ({ db, kit, write, changed, note }, { mapping: name, basis, rows }) => {
    const mapping = kit.mappings().find((one) => one.mapping === name);
    if (!mapping) throw new AppError('mapping-unknown', { mapping: name });
    const refuse = (reason: string) =>
      new AppError('mapping-refused', { title: mappingTitle(mapping), reason });
    const rules = rows.map(({ row, target }) => {
      const rule = mapping.rules[row];
      if (!rule) throw refuse(mappingText.rowGone(row + 1));
      if ('code' in target && !mapping.items.some(({ code }) => code === target.code))
        throw refuse(mappingText.codeGone(target.code));
      return { when: rule.when, ...target };
    });
    putDecided(db, name, { basis, rules, commit: write.commit() });
    note({ detail: { mapping: name, rows: rows.map(({ row }) => String(row + 1)) } });
    changed('*');
    return shown(kit, db, decidedMappings(db, kit.shippedMappings.mappings));
  },
} satisfies HandlersOf<'mapping.list' | 'mapping.record' | 'mapping.decide'>;
