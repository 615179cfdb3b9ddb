import type { StoredRecord } from '#core/ledgers/table.ts';
import assessmentReport from '#seeds/templates/safety/assessment-report.json' with { type: 'json' };
import incidentNotice from '#seeds/templates/safety/incident-notice.json' with { type: 'json' };
import incidentReport from '#seeds/templates/safety/incident-report.json' with { type: 'json' };
import minorsNotice from '#seeds/templates/safety/minors-notice.json' with { type: 'json' };
import minorsRule from '#seeds/templates/safety/minors-rule.json' with { type: 'json' };
import privacyNotice from '#seeds/templates/safety/privacy-notice.json' with { type: 'json' };
import selfCheck from '#seeds/templates/safety/self-check.json' with { type: 'json' };
import type { DocumentTemplate } from '#shared/document/model.ts';
import { type Fields, resolveDocument } from '#shared/document/resolve.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { isDay } from '#shared/domain/day.ts';
import type { SafetyPaperKind } from '#shared/domain/safety-papers.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import { dayText } from './paper-fields.ts';
import { parseTemplate } from './templates.ts';

/** Papers of the 安全保密登记 in the house wording: of a record where they speak of one, else forms to be filled in. */

const seeds: Readonly<Record<SafetyPaperKind, unknown>> = {
  incidentReport,
  incidentNotice,
  assessmentReport,
  privacyNotice,
  minorsRule,
  minorsNotice,
  selfCheck,
};
const parsed = new Map<SafetyPaperKind, DocumentTemplate>();

/** Checked when first asked for. Throws `seed-invalid`. */
function templateOf(kind: SafetyPaperKind): DocumentTemplate {
  const known = parsed.get(kind) ?? parseTemplate(seeds[kind], `seeds/templates/safety (${kind})`);
  parsed.set(kind, known);
  return known;
}

/** Every field of a record as a paper says it. */
export function recordFields({ ledger, content }: StoredRecord, labels: LabelContext): Fields {
  return Object.fromEntries(
    Object.entries(ledger.fields).flatMap(([name, spec]) => {
      const value = content[name];
      if (value === undefined || value === null || value === '') return [];
      if (isDay(value)) return [[name, dayText(value)]];
      return [[name, kindOf(spec.kind).toText(value as never, spec, labels)]];
    }),
  );
}

type Filled = { fields: Fields; lists?: Readonly<Record<string, readonly Fields[]>> };

export function safetyPaper(kind: SafetyPaperKind, { fields, lists = {} }: Filled): ResolvedDocument {
  return resolveDocument(templateOf(kind), { figures: new Map(), fields, lists }).document;
}
