import type { PersonWarning } from '#shared/api/persons.ts';
import { foldName } from '#shared/domain/names.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type PersonRow, personsOf } from '#shared/ledgers/persons.ts';
import { clusterOf } from './decisions.ts';
import {
  at,
  type Look,
  lookFrom,
  matterOf,
  type PersonContext,
  personOf,
  placesOf,
  sameName,
} from './find.ts';
import { identityOf, isIdentified } from './identity.ts';
import { keyOf } from './keys.ts';
import { leastScore, likeness, typedOf } from './likeness.ts';
import type { Found } from './places.ts';

/** Namesakes looked at for a person who has nothing but a name. */
const mostNamesakes = 400;
const mostShown = 20;

type Party = {
  row: PersonRow;
  path: string;
  name: string;
  /** Null where only the name is known. */
  cluster: readonly string[] | null;
  /** Elsewhere, surely this person. */
  rows: Found[];
  /** Elsewhere, of this name, with nothing against it. */
  namesakes: Found[];
};

/**
 * What the registers know against taking this record in as it stands: a person on both sides of it, or on the other
 * side of a case that is open; a dispute that these parties had before, whoever applied; and what a register has said
 * of everybody who stands in it as long as its record is open.
 */
export function warningsFor(
  context: PersonContext,
  ledger: LedgerSpec,
  record: Record<string, unknown>,
  recordId: string | null,
): PersonWarning[] {
  const look = lookFrom(context);
  const parties = personsOf(ledger, record).map((row) => partyFrom(look, row, recordId));
  const found = [
    ...parties.flatMap((party) => alerts(look, party)),
    ...bothSides(parties),
    ...parties.flatMap((party) => otherSides(look, party)),
    ...repeats(look, parties),
  ];
  const once = new Map(found.map((warning) => [warning.key, warning]));
  return [...once.values()].slice(0, mostShown);
}

function partyFrom(look: Look, row: PersonRow, recordId: string | null): Party {
  const { spec, ordinal, values } = row;
  const key = identityOf(values, recordId ?? '');
  const isElsewhere = (found: Found) => found.recordId !== recordId;
  const rows = isIdentified(key) ? personOf(look, key).rows.filter(isElsewhere) : [];
  const known = new Set(rows.map(({ place }) => place));
  const typed = typedOf(values, look.reader);
  const isNamesake = (found: Found) =>
    isElsewhere(found) &&
    !known.has(found.place) &&
    sameName(found.values.name, values.name) &&
    likeness(typed, found.values, look.reader).score >= leastScore;
  const places = placesOf(
    look.db,
    keyOf('sound', look.reader.heard(values.name ?? '').sounds[0]?.near ?? ''),
    mostNamesakes,
  );
  return {
    row,
    path: spec.child === undefined ? spec.fields.name : `${spec.child}.${ordinal}`,
    name: values.name ?? '',
    cluster: isIdentified(key) ? clusterOf(look.db, key) : null,
    rows,
    namesakes: places.flatMap((place) => at(look, place) ?? []).filter(isNamesake),
  };
}

const isOpen = ({ source, state }: Found) => source.ledger.workflow.states[state]?.isOpen === true;

/** Entered by mistake: it has its number and counts nowhere. */
function isVoid({ source, state }: Found): boolean {
  const known = source.ledger.workflow.states[state];
  return known?.isUncounted === true && known.isUnnumbered !== true;
}

type Parts = Pick<PersonWarning, 'kind' | 'matter' | 'says' | 'isByName'>;

function warning(parties: readonly Party[], parts: Parts): PersonWarning {
  const names = parties.map(({ name }) => name);
  const who = names.map(foldName).sort().join(',');
  return {
    ...parts,
    key: [parts.kind, parts.matter?.id ?? '', who].join('|'),
    paths: parties.map(({ path }) => path),
    names,
  };
}

function alerts(look: Look, party: Party): PersonWarning[] {
  const said = (rows: readonly Found[], isByName: boolean) =>
    rows
      .filter((found) => found.source.spec.alert !== undefined && isOpen(found))
      .map((found) =>
        warning([party], {
          kind: 'alert',
          matter: matterOf(look, found),
          says: found.source.spec.alert ?? null,
          isByName,
        }),
      );
  return [...said(party.rows, false), ...said(party.namesakes, true)];
}

const areOpposed = (left: string | null, right: string | null) =>
  left !== null && right !== null && left !== right;

function pairs(parties: readonly Party[]): [Party, Party][] {
  return parties.flatMap((one, index) =>
    parties.slice(index + 1).map((other): [Party, Party] => [one, other]),
  );
}

/**
 * One person on both sides: surely, by number or code or name with phone or birth day; or by the name alone where one
 * of the two has nothing else, as whoever acts for an organisation. An agent only surely: namesakes are no matter of his.
 */
function bothSides(parties: readonly Party[]): PersonWarning[] {
  return pairs(parties).flatMap((both) => {
    const [one, other] = both;
    if (!areOpposed(one.row.side ?? one.row.actsFor, other.row.side ?? other.row.actsFor)) return [];
    const agent = both.find(({ row }) => row.actsFor !== null)?.row.spec.as ?? null;
    const isSure = one.cluster?.some((key) => other.cluster?.includes(key)) === true;
    const isByName =
      agent === null && (one.cluster === null || other.cluster === null) && sameName(one.name, other.name);
    if (!isSure && !isByName) return [];
    return [warning(both, { kind: 'bothSides', matter: null, says: agent, isByName: !isSure })];
  });
}

function otherSides(look: Look, party: Party): PersonWarning[] {
  return party.rows
    .filter((found) => isOpen(found) && areOpposed(found.side, party.row.side))
    .map((found) =>
      warning([party], { kind: 'otherSide', matter: matterOf(look, found), says: null, isByName: false }),
    );
}

/** Disputes in which both stood against each other, either way round, years back too. */
function repeats(look: Look, parties: readonly Party[]): PersonWarning[] {
  return pairs(parties)
    .filter(([one, other]) => areOpposed(one.row.side, other.row.side))
    .flatMap((both) => {
      const [mine, theirs] = both.map(byRecord) as [Map<string, Sure>, Map<string, Sure>];
      const found: { row: Found; isByName: boolean }[] = [];
      for (const [recordId, one] of mine) {
        const other = theirs.get(recordId);
        const met = other && meeting(one, other);
        if (met) found.push(met);
      }
      found.sort((left, right) => ((left.row.day ?? '') < (right.row.day ?? '') ? 1 : -1));
      return found.map(({ row, isByName }) =>
        warning(both, { kind: 'repeat', matter: matterOf(look, row), says: null, isByName }),
      );
    });
}

type Sure = { row: Found; isByName: boolean }[];

function byRecord({ rows, namesakes }: Party): Map<string, Sure> {
  const found = new Map<string, Sure>();
  const add = (isByName: boolean) => (row: Found) => {
    if (!isVoid(row)) found.set(row.recordId, [...(found.get(row.recordId) ?? []), { row, isByName }]);
  };
  rows.forEach(add(false));
  namesakes.forEach(add(true));
  return found;
}

function meeting(mine: Sure, theirs: Sure): { row: Found; isByName: boolean } | null {
  for (const one of mine) {
    for (const other of theirs) {
      if (areOpposed(one.row.side, other.row.side))
        return { row: one.row, isByName: one.isByName || other.isByName };
    }
  }
  return null;
}
