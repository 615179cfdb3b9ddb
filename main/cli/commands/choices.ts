import fs from 'node:fs';
import path from 'node:path';
import type { InputOf } from '#shared/api/methods.ts';
import { roles, safetyDuties } from '#shared/api/rights.ts';
import { safetyPaperKinds } from '#shared/domain/safety-papers.ts';
import { sealBases, sealKinds, unsealBases } from '#shared/domain/sealing.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { auditActions } from '#shared/text/audit.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import { sealBasisNames, sealKindNames } from '#shared/text/sealing.ts';
import { levelNames } from '#shared/text/start.ts';
import { dutyNames, roleNames } from '#shared/text/window.ts';
import type { Places } from '../places.ts';

/** What an option may be, with what people call it; '' where the value says it itself. */
export type Choice = readonly [value: string, label: string];
type Source = (places: Places) => readonly Choice[];

type Seed = { items?: { code: string; label: string }[]; papers?: { title: string }[] };
type Kinds = { kinds: { code: string; title: string }[] };

const seed = <T>({ seeds }: Places, ...names: string[]): T =>
  JSON.parse(fs.readFileSync(path.join(seeds, ...names), 'utf8')) as T;

/** A published list of codes. */
const codes =
  (name: string): Source =>
  (places) =>
    (seed<Seed>(places, 'codes', `${name}.json`).items ?? []).map(({ code, label }) => [code, label]);

const named = <T extends string>(values: readonly T[], labels: Readonly<Record<string, string>>): Choice[] =>
  values.map((value) => [value, labels[value] ?? '']);

/** Steps of all registers; what two call by one word stands there once. */
function steps(): Choice[] {
  const found = new Map<string, string>();
  for (const { workflow } of ledgers)
    for (const { action, label, auto } of workflow.steps)
      if (!auto) found.set(action, found.get(action) ?? label);
  return [...found];
}

/** By their titles; other names of theirs will do too. */
const papers: Source = (places) =>
  ['papers.json', 'correction-papers.json'].flatMap((name) =>
    (seed<Seed>(places, 'templates', name).papers ?? []).map(({ title }): Choice => [title, '']),
  );

const ofLedgers = () => ledgers.map(({ name, title }): Choice => [name, title]);

/** Those that the core fills with made-up records. */
const demoLevels = ['station', 'county'] as const satisfies readonly InputOf<'setup.demo'>['level'][];
const levels = Object.keys(levelNames) as (keyof typeof levelNames)[];

/** Of each option that takes one of a list, where the list is taken from. */
export const choices = {
  level: () => named(levels, levelNames),
  demoLevel: () => named(demoLevels, levelNames),
  ledger: ofLedgers,
  ledgers: () => [['all', say.allLedgers], ...ofLedgers()],
  step: steps,
  attachmentKind: codes('attachment-kind'),
  scanResult: codes('scan-result'),
  paper: papers,
  safetyPaper: () => named(safetyPaperKinds, safetyPaperText.titles),
  fileKind: (places) =>
    seed<Kinds>(places, 'retention', 'kinds.json').kinds.map(({ code, title }) => [code, title]),
  review: () => say.reviews,
  direction: () => say.directions,
  auditAction: () => Object.entries(auditActions),
  sealKind: () => named(sealKinds, sealKindNames),
  sealBasis: () => named([...sealBases, ...unsealBases], sealBasisNames),
  role: () => named(roles, roleNames),
  duty: () => [...named(safetyDuties, dutyNames), ['none', say.noDuty]],
} satisfies Readonly<Record<string, Source>>;
export type ChoiceName = keyof typeof choices;
