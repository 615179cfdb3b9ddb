import path from 'node:path';
import { z } from 'zod';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import type { Said } from '#shared/domain/code-edition.ts';
import {
  type CodeMapping,
  codeMappingSchema,
  type DecidedMapping,
  type MappingGaps,
  type MappingRule,
  type MappingTarget,
  mappingGapsSchema,
  mappingRuleSchema,
} from '#shared/domain/code-mapping.ts';
import { editionsOf, putEdition } from './code-editions.ts';
import { readSeed, seedNames } from './seeds.ts';

/** Mappings of the ledger's lists to published ones: those of the program, and what this unit said of their rules. */

const gapsFile = 'gaps.json';
const rulesSchema = z.array(mappingRuleSchema).min(1);

/** A unit's edition of a mapping stands beside its editions of code lists, whose names hold no colon. */
const editionName = (mapping: string) => `mapping:${mapping}`;

export type ShippedMappings = { mappings: CodeMapping[]; gaps: MappingGaps };

/** As they come with the program (seeds/mappings), each checked. Throws `seed-invalid`. */
export function readMappings(seeds: string): ShippedMappings {
  const folder = path.join(seeds, 'mappings');
  const files = seedNames(folder).filter((name) => name !== gapsFile);
  return {
    mappings: files.map((name) => readSeed(codeMappingSchema, folder, name)),
    gaps: readSeed(mappingGapsSchema, folder, gapsFile),
  };
}

const targetOf = (rule: MappingRule): MappingTarget =>
  'code' in rule ? { code: rule.code } : { unmapped: rule.unmapped };

/**
 * An edition holds the rules that somebody looked at, whole. What was said last of a condition stands for it, also after
 * an update of the program; of a condition that the program no longer has it says nothing.
 */
export function decidedMappings(db: ReadDb, shipped: readonly CodeMapping[]): DecidedMapping[] {
  const editions = editionsOf(db);
  return shipped.map((mapping) => {
    const said = new Map<string, { target: MappingTarget; said: Said }>();
    for (const { list, items, by, at, note } of editions) {
      if (list !== editionName(mapping.mapping)) continue;
      for (const rule of rulesSchema.parse(JSON.parse(items)))
        said.set(JSON.stringify(rule.when), { target: targetOf(rule), said: { by, at, note } });
    }
    const rules = mapping.rules.map((rule) => {
      const decided = said.get(JSON.stringify(rule.when));
      return { when: rule.when, ...(decided?.target ?? targetOf(rule)), said: decided?.said ?? null };
    });
    return { ...mapping, rules };
  });
}

/** Keeps what somebody said of some rules. */
export function putDecided(
  db: WriteDb,
  mapping: string,
  edition: { basis: string; rules: readonly MappingRule[]; commit: number },
): void {
  const { basis, rules, commit } = edition;
  putEdition(db, editionName(mapping), { basis, items: rules, commit });
}
