import { z } from 'zod';
import type { Said } from './code-edition.ts';

/**
 * How a published list is derived from what the ledger holds, as data (seeds/mappings): what a record says is held in
 * lists of its own, and each list that the level above has published is one file of rules over them.
 */

/** Values of fields; '' stands for an empty field. Every field named must have one of its values. */
const condition = z.record(z.string(), z.array(z.string()).min(1));

const coded = z.strictObject({ code: z.string().min(1) });
/** A combination that the published list has no place for, and why. */
const uncoded = z.strictObject({ unmapped: z.string().min(1).max(100) });
/** What a rule leads to. */
export const mappingTargetSchema = z.union([coded, uncoded]);
export type MappingTarget = z.infer<typeof mappingTargetSchema>;

export const mappingRuleSchema = z.union([
  coded.extend({ when: condition }),
  uncoded.extend({ when: condition }),
]);
export type MappingRule = z.infer<typeof mappingRuleSchema>;

export const codeMappingSchema = z.strictObject({
  mapping: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** What the published list is a list of, and which of several it is. */
  list: z.string().min(1),
  edition: z.string().min(1),
  /** Where the published list was seen. */
  source: z.string().min(1),
  sure: z.enum(['high', 'medium', 'low']),
  ledger: z.string(),
  /** The fields that the rules look at, and the code list of each; null for yes and no, `workflow` for the state. */
  from: z.record(z.string(), z.string().nullable()),
  items: z.array(z.strictObject({ code: z.string().min(1), label: z.string().min(1) })).min(1),
  /** The first rule that fits decides; together they must say something of every combination (tested). */
  rules: z.array(mappingRuleSchema).min(1),
});
export type CodeMapping = z.infer<typeof codeMappingSchema>;

/** Lists of the ledger that no published list is derived from, and why. */
export const mappingGapsSchema = z.strictObject({
  groups: z.array(z.strictObject({ why: z.string().min(1), lists: z.array(z.string()).min(1) })),
});
export type MappingGaps = z.infer<typeof mappingGapsSchema>;

/** A mapping with what the unit said of each of its rules; null where nobody did. */
export type DecidedMapping = Omit<CodeMapping, 'rules'> & {
  rules: (MappingRule & { said: Said | null })[];
};

export type Mapped =
  | { is: 'mapped'; code: string; label: string; rule: number }
  | { is: 'unmapped'; why: string; rule: number }
  /** The rules say nothing of it: a code that came to a list later. */
  | { is: 'silent' };

type Content = Readonly<Record<string, unknown>>;

/** The published code for a record; `content` holds its state too. */
export function mappedCode(mapping: Pick<CodeMapping, 'items' | 'rules'>, content: Content): Mapped {
  const at = mapping.rules.findIndex(({ when }) =>
    Object.entries(when).every(([field, values]) => values.includes(String(content[field] ?? ''))),
  );
  const rule = mapping.rules[at];
  if (!rule) return { is: 'silent' };
  if ('unmapped' in rule) return { is: 'unmapped', why: rule.unmapped, rule: at };
  const label = mapping.items.find(({ code }) => code === rule.code)?.label ?? rule.code;
  return { is: 'mapped', code: rule.code, label, rule: at };
}

/** Every combination of what the fields can hold, empty included. `codesOf` gives the codes of a list. */
export function combinations(
  from: CodeMapping['from'],
  codesOf: (list: string) => readonly string[],
): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [field, list] of Object.entries(from)) {
    const values = list === null ? ['true', 'false'] : codesOf(list);
    // A record always has a state, every other field may be empty.
    const possible = list === workflowList ? values : ['', ...values];
    all = all.flatMap((content) => possible.map((value) => ({ ...content, [field]: value })));
  }
  return all;
}

/** Stands in `from` for the states of a ledger's workflow, which are no code list. */
export const workflowList = 'workflow';

export type FoundGaps = {
  /** Codes of the ledger's lists that no combination takes to a published one. */
  ours: { field: string; code: string }[];
  /** Codes of the published list that nothing leads to. */
  unreached: string[];
  /** Combinations of which the rules say nothing. */
  silent: Record<string, string>[];
};

/** What a mapping leaves open, worked out over every combination. */
export function gapsOf(
  mapping: Pick<CodeMapping, 'from' | 'items' | 'rules'>,
  codesOf: (list: string) => readonly string[],
): FoundGaps {
  const answered = new Set<string>();
  const asked = new Map<string, { field: string; code: string }>();
  const reached = new Set<string>();
  const silent: Record<string, string>[] = [];
  for (const content of combinations(mapping.from, codesOf)) {
    const mapped = mappedCode(mapping, content);
    if (mapped.is === 'silent') silent.push(content);
    if (mapped.is === 'mapped') reached.add(mapped.code);
    for (const [field, code] of Object.entries(content)) {
      if (code === '') continue;
      const name = `${field} ${code}`;
      asked.set(name, { field, code });
      if (mapped.is === 'mapped') answered.add(name);
    }
  }
  return {
    ours: [...asked].filter(([name]) => !answered.has(name)).map(([, gap]) => gap),
    unreached: mapping.items.map(({ code }) => code).filter((code) => !reached.has(code)),
    silent,
  };
}

/** A rule stands as verified where the unit said so, or where the list and its mapping were seen in an official text. */
export const isVerified = (mapping: Pick<DecidedMapping, 'sure'>, said: Said | null): boolean =>
  said !== null || mapping.sure === 'high';

export const mappingTitle = ({ list, edition }: Pick<CodeMapping, 'list' | 'edition'>): string =>
  `${list}（${edition}）`;
