import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import correctionSeed from '#seeds/deadlines/correction.json' with { type: 'json' };
import correctionEventsSeed from '#seeds/deadlines/correction-events.json' with { type: 'json' };
import evaluationSeed from '#seeds/deadlines/evaluation.json' with { type: 'json' };
import incidentsSeed from '#seeds/deadlines/incidents.json' with { type: 'json' };
import mediaSeed from '#seeds/deadlines/media.json' with { type: 'json' };
import mediationSeed from '#seeds/deadlines/mediation.json' with { type: 'json' };
import screeningSeed from '#seeds/deadlines/screening.json' with { type: 'json' };
import type { RuleDecided, RuleShown } from '#shared/api/deadline-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Day } from '#shared/domain/day.ts';
import {
  type DeadlineRule,
  deadlineRulesSchema,
  decisionOf,
  isSameRule,
  type RuleDecision,
  type RuleSpan,
  spansOf,
} from '#shared/domain/deadline-rule.ts';

/** Rules of deadlines: those of the program, and what this bureau decided on them. */

let own: readonly DeadlineRule[] | null = null;

/** Parsed once. Throws `seed-invalid`. */
export function seedRules(): readonly DeadlineRule[] {
  own ??= Object.entries({
    mediation: mediationSeed,
    screening: screeningSeed,
    media: mediaSeed,
    incidents: incidentsSeed,
    evaluation: evaluationSeed,
    correction: correctionSeed,
    'correction-events': correctionEventsSeed,
  }).flatMap(([name, json]) => {
    const parsed = deadlineRulesSchema.safeParse(json);
    if (parsed.success) return parsed.data.rules;
    const at = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('seed-invalid', { file: `seeds/deadlines/${name}.json`, at });
  });
  return own;
}

export type KnownRule = {
  /** With what the bureau decided. */
  rule: DeadlineRule;
  /** As the program brings it. */
  seed: DeadlineRule;
  isOff: boolean;
  /** As it is for periods that begin on one day or another, the oldest first. */
  spans: readonly RuleSpan[];
  /** Somebody of the bureau looked at this very edition. */
  isConfirmed: boolean;
  /** Newest first. */
  history: RuleDecided[];
};

type Row = { rule: string; edition: number; content: string; note: string; at: string; account: string };

/** Every rule as it stands in this ledger. */
export function knownRules(db: ReadDb, seeds: readonly DeadlineRule[] = seedRules()): KnownRule[] {
  const rows = db.all<Row>(sql`select d.rule, d.edition, d.content, d.note, d.at, a.name as account
    from deadline_decision d join account a on a.seq = d.account_seq order by d.seq desc`);
  return seeds.map((seed) => {
    const history = rows
      .filter(({ rule }) => rule === seed.code)
      .map(({ edition, content, note, at, account }) => ({
        decision: JSON.parse(content) as RuleDecision,
        edition,
        note,
        at,
        account,
      }));
    const [newest] = history;
    const { isOff = false, since: _since, ...changes } = newest?.decision ?? {};
    const decisions = history.map(({ decision }) => decision).reverse();
    return {
      rule: { ...seed, ...changes },
      seed,
      isOff,
      spans: spansOf(seed, decisions),
      isConfirmed: newest?.edition === seed.edition,
      history,
    };
  });
}

let active: { decided: string; rules: readonly DeadlineRule[] } | null = null;

/**
 * Rules to count by: one for each stretch of days on which it stands otherwise. A save asks for them many times, so they
 * are kept as long as the same was decided; by what was decided, not by whose ledger or when, they cannot be others.
 */
export function activeRules(db: ReadDb): readonly DeadlineRule[] {
  const rows = db.all<Pick<Row, 'rule' | 'content'>>(
    sql`select rule, content from deadline_decision order by seq`,
  );
  const decided = JSON.stringify(rows);
  if (active?.decided === decided) return active.rules;
  const rules = seedRules().flatMap((seed) => {
    const own = rows.filter(({ rule }) => rule === seed.code);
    const decisions = own.map(({ content }) => JSON.parse(content) as RuleDecision);
    return spansOf(seed, decisions).flatMap((span) => ruleIn(seed, span));
  });
  active = { decided, rules };
  return rules;
}

function ruleIn(seed: DeadlineRule, { from, to, decision }: RuleSpan): DeadlineRule[] {
  const { isOff, since: _since, ...changes } = decision;
  return isOff ? [] : [{ ...seed, ...changes, validFrom: from, validTo: to }];
}

/** The rule as it is for a period that begins on the day. */
export function ruleOn({ rule, seed, spans }: KnownRule, day: Day): DeadlineRule {
  const span = spans.find(({ from, to }) => from <= day && (to === null || day <= to));
  const [found] = span ? ruleIn(seed, span) : [];
  return found ?? rule;
}

/** Throws `deadline-unknown`. */
export function findRule(db: ReadDb, code: string): KnownRule {
  const found = knownRules(db).find(({ rule }) => rule.code === code);
  if (!found) throw new AppError('deadline-unknown', { rule: code });
  return found;
}

/**
 * What is decided otherwise than it stands needs its basis, and a period that is not one cannot begin to be none.
 * Throws `deadline-no-basis`, `deadline-no-period`.
 */
function refuseUnfounded({ rule, seed, isOff }: KnownRule, decision: RuleDecision, note: string): void {
  const { title } = seed;
  if (decision.offset === 0 && seed.offset !== 0 && !decision.isOff)
    throw new AppError('deadline-no-period', { title });
  if (!isSameRule({ ...decisionOf(rule), isOff }, decision) && note === '')
    throw new AppError('deadline-no-basis', { title });
}

/** Throws `deadline-no-basis`, `deadline-no-period`. */
export function putDecision(
  db: WriteDb,
  known: KnownRule,
  decision: RuleDecision,
  entry: { note: string; at: string; accountId: string },
): void {
  refuseUnfounded(known, decision, entry.note);
  const { seed, history } = known;
  const since = decision.since === undefined ? (history[0]?.decision.since ?? null) : decision.since;
  const content = since === null ? { ...decision, since: undefined } : { ...decision, since };
  db.run(sql`insert into deadline_decision (rule, edition, content, note, at, account_seq)
    select ${seed.code}, ${seed.edition}, ${JSON.stringify(content)}, ${entry.note}, ${entry.at}, seq
    from account where id = ${entry.accountId}`);
}

/** For the screen on which a bureau looks at the rules. */
export function shownRules(db: ReadDb, registry: Registry): RuleShown[] {
  const open = new Map(
    db
      .all<{ rule: string; count: number }>(sql`select rule, count(*) as count from due_entry group by rule`)
      .map(({ rule, count }) => [rule, count]),
  );
  return knownRules(db).map(({ rule, seed, isOff, spans, isConfirmed, history }) => {
    const ledger = registry.find(rule.ledger);
    return {
      rule,
      original: decisionOf(seed),
      isOff,
      spans: [...spans],
      isConfirmed,
      isOutdated: history.length > 0 && !isConfirmed,
      ledgerTitle: ledger.title,
      triggers: rule.trigger.map((field) => ledger.fields[field]?.label ?? field),
      open: open.get(rule.code) ?? 0,
      history,
    };
  });
}
