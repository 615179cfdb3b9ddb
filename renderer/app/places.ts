import { isOpenTo, mayChange } from '#renderer/state/reach.ts';
import type { Route } from '#renderer/state/route.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { correctionLedgers, ledgers, safetyLedgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { codesText } from '#shared/text/codes.ts';
import { correctionText } from '#shared/text/correction.ts';
import { logText } from '#shared/text/log.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { ownTemplateText } from '#shared/text/own-templates.ts';
import { paperDayText } from '#shared/text/papers.ts';
import { retentionText } from '#shared/text/retention.ts';
import { accountsText } from '#shared/text/safety.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import { safetyRegisterText } from '#shared/text/safety-registers.ts';
import { sealingText } from '#shared/text/sealing.ts';
import { transferText } from '#shared/text/transfers.ts';
import { layoutText, navigationLabels } from '#shared/text/window.ts';

export type Place = { key: string; label: string; route: Route };

/** Screens that have one place of the menu together, each a part of it. */
export type PlaceGroup = { key: string; label: string; title: string; parts: readonly Place[] };

const placeOfLedger = ({ name, title }: LedgerSpec): Place => ({
  key: name,
  label: navigationLabels[name] ?? title,
  route: { screen: 'list', ledger: name },
});

/** What the 安全保密登记 is made of, in the order in which it is kept. */
const allSafetyParts: readonly Place[] = [
  ...safetyLedgers.map(placeOfLedger),
  { key: 'out', label: transferText.places.out, route: { screen: 'safety', part: 'out' } },
  { key: 'in', label: transferText.places.in, route: { screen: 'safety', part: 'in' } },
  { key: 'papers', label: safetyPaperText.title, route: { screen: 'safety', part: 'papers' } },
];

const correction: PlaceGroup = {
  key: 'correction',
  label: correctionText.title,
  title: correctionText.title,
  parts: correctionLedgers.map(placeOfLedger),
};
const safety: PlaceGroup = {
  key: 'safety',
  label: safetyRegisterText.place,
  title: safetyRegisterText.title,
  parts: allSafetyParts,
};
const groups = [correction, safety];

/** The group that a register is a part of. */
export const groupOf = (ledger: string): string | undefined =>
  groups.find(({ parts }) => parts.some(({ key }) => key === ledger))?.key;

const before: readonly Place[] = [
  { key: 'deadlines', label: layoutText.deadlines, route: { screen: 'deadlines' } },
  ...ledgers.filter(({ name }) => groupOf(name) === undefined).map(placeOfLedger),
];

const between: readonly Place[] = [
  { key: 'figures', label: layoutText.figures, route: { screen: 'figures' } },
  { key: 'report', label: layoutText.report, route: { screen: 'report' } },
  { key: 'codes', label: codesText.title, route: { screen: 'codes' } },
];

const after: readonly Place[] = [
  { key: 'accounts', label: accountsText.title, route: { screen: 'accounts' } },
  { key: 'sealing', label: sealingText.title, route: { screen: 'sealing' } },
  { key: 'log', label: logText.title, route: { screen: 'log' } },
  { key: 'maintenance', label: layoutText.maintenance, route: { screen: 'maintenance' } },
];

const openOf = (session: SessionInfo, places: readonly Place[]): Place[] =>
  places.filter(({ route }) => isOpenTo(session, route));

/** The groups with those of their parts that open for the account. */
export const groupsOf = (session: SessionInfo): PlaceGroup[] =>
  groups
    .map((group) => ({ ...group, parts: openOf(session, group.parts) }))
    .filter(({ parts }) => parts.length > 0);

/** What stands in the menu of the account: nothing that would refuse it. */
export function placesOf(session: SessionInfo): Place[] {
  const open = groupsOf(session);
  const placeOf = ({ key }: PlaceGroup): Place[] =>
    open
      .filter((group) => group.key === key)
      .flatMap(({ label, parts: [first] }) => (first ? [{ key, label, route: first.route }] : []));
  return [
    ...openOf(session, before),
    ...placeOf(correction),
    ...openOf(session, between),
    ...placeOf(safety),
    ...openOf(session, after),
  ];
}

/** Screens that have no place in the menu: found among the commands, by the keys and from other screens. */
export function furtherPlacesOf(session: SessionInfo): Place[] {
  const numbered = ledgers.filter(({ number }) => number !== undefined);
  return openOf(session, [
    ...numbered.map(({ name }) => ({
      key: `numbering.${name}`,
      label: numberingText.open,
      route: { screen: 'numbering' as const, ledger: name },
    })),
    { key: 'paperDay', label: paperDayText.title, route: { screen: 'paperDay' } },
    { key: 'templates', label: ownTemplateText.open, route: { screen: 'templates' } },
    { key: 'retention', label: retentionText.title, route: { screen: 'retention' } },
  ]);
}

/** Registers in which the account may begin a record. */
export const writableOf = (session: SessionInfo): LedgerSpec[] =>
  ledgers.filter((ledger) => mayChange(session, ledger));
