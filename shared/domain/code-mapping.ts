import { z } from 'zod';

/**
 * How a published list is derived from what the ledger holds, as data (seeds/mappings): what a record says is held in
 * lists of its own, and each list that the level above has published is one file of rules over them.
 */

/** Values of fields; '' stands for an empty field. Every field named must have one of its values. */
const condition = z.record(z.string(), z.array(z.string()).min(1));

const rule = z.union([
  z.strictObject({ when: condition, code: z.string().min(1) }),
  /** A combination that the published list has no place for, and why. */
  z.strictObject({ when: condition, unmapped: z.string().min(1) }),
]);

export const codeMappingSchema = z.strictObject({
  mapping: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: z.string().min(1),
  /** Where the published list was seen. */
  source: z.string().min(1),
  sure: z.enum(['high', 'medium', 'low']),
  ledger: z.string(),
  /** The fields that the rules look at, and the code list of each (null for yes and no). */
  from: z.record(z.string(), z.string().nullable()),
  items: z.array(z.strictObject({ code: z.string().min(1), label: z.string().min(1) })).min(1),
  /** The first rule that fits decides; together they must say something of every combination (tested). */
  rules: z.array(rule).min(1),
});
export type CodeMapping = z.infer<typeof codeMappingSchema>;

export type Mapped =
  | { is: 'mapped'; code: string; label: string; rule: number }
  | { is: 'unmapped'; why: string; rule: number };

type Content = Readonly<Record<string, unknown>>;

/** The published code for a record. Throws where no rule says anything: the mapping is not whole. */
export function mappedCode(mapping: CodeMapping, content: Content): Mapped {
  const at = mapping.rules.findIndex(({ when }) =>
    Object.entries(when).every(([field, values]) => values.includes(String(content[field] ?? ''))),
  );
  const rule = mapping.rules[at];
  if (!rule) throw new Error(`mapping ${mapping.mapping} has no rule for ${JSON.stringify(content)}`);
  if ('unmapped' in rule) return { is: 'unmapped', why: rule.unmapped, rule: at };
  const label = mapping.items.find(({ code }) => code === rule.code)?.label ?? rule.code;
  return { is: 'mapped', code: rule.code, label, rule: at };
}
