import type { InputOf, MethodName } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { type LedgerSpec, rightToChange } from '#shared/ledgers/describe.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import type { Step } from '#shared/ledgers/workflow.ts';
import { may, sees } from './may.ts';
import { useProgram, useSession } from './program.ts';
import type { Route } from './route.ts';

export const mayChange = (session: SessionInfo, ledger: LedgerSpec): boolean =>
  may(session, 'ledger.save') &&
  hasRight(session.account, rightToChange(ledger)) &&
  sees(session, ledger.name);

/** As `useMayChange`, outside of a screen. */
export function mayWriteIn(ledger: LedgerSpec): boolean {
  const { state } = useProgram.getState();
  return state?.state.is !== 'open' || mayChange(state.state.session, ledger);
}

/** Whether the account may write in a register; null is no register that the program knows. */
export function useMayChange(ledger: LedgerSpec | null): boolean {
  const session = useSession();
  return session !== null && ledger !== null && mayChange(session, ledger);
}

/** Registers of the account, in the order of the window. */
const seenLedgers = (session: SessionInfo): LedgerSpec[] => ledgers.filter(({ name }) => sees(session, name));

/** Whether the account may take a step: one that opens a record of another register needs that one too. */
export function mayTake(session: SessionInfo | null, { opens }: Step): boolean {
  if (session === null || opens === undefined) return session !== null;
  const target = ledgers.find(({ name }) => name === opens.ledger);
  return target !== undefined && mayChange(session, target);
}

/** A question to the core that a screen begins with. */
export type Question = { [M in MethodName]: { method: M; input: InputOf<M> } }[MethodName];

const ask = <M extends MethodName>(method: M, input: InputOf<M>) => ({ method, input }) as Question;

/**
 * What a screen asks as soon as it is opened. It is open to whoever may ask all of it: menu, commands, buttons that lead
 * there and ways back are shown by this, and a test asks all of it for every role and scope.
 */
export function questionsOf(route: Route): Question[] {
  switch (route.screen) {
    case 'deadlines':
      return [ask('deadline.board', {})];
    case 'rules':
      return [ask('deadline.rules', {}), ask('calendar.years', {})];
    case 'retention':
      return [ask('retention.periods', {}), ask('retention.logs', {}), ask('destruction.lists', {})];
    case 'figures':
      return [ask('indicator.years', {}), ask('indicator.list', { year: 2024 })];
    case 'report':
      return [ask('indicator.years', {}), ask('report.preview', { year: 2024 })];
    case 'numbering':
      return [
        ask('number.settings', { ledger: route.ledger }),
        ask('number.blocks', { ledger: route.ledger }),
      ];
    case 'paperDay':
      return [ask('paper.kinds', {}), ask('number.blocks', { ledger: mediation.name })];
    case 'templates':
      return [ask('template.list', {}), ask('paper.kinds', {})];
    case 'codes':
      return [ask('codes.lists', {}), ask('mapping.list', {}), ask('fields.on', {})];
    case 'accounts':
      return [ask('account.list', {}), ask('units.tree', {}), ask('help.state', {})];
    case 'log':
      return [ask('audit.state', {}), ask('audit.list', {})];
    case 'sealing':
      return [ask('sealing.state', {})];
    case 'maintenance':
      return [ask('system.backups', {}), ask('system.places', {}), ask('system.drills', {})];
    case 'safety':
      return route.part === 'papers' ? [] : [ask('transfer.list', { direction: route.part, limit: 100 })];
    case 'list':
      return [ask('ledger.list', { ledger: route.ledger })];
    case 'record':
      return route.id === null
        ? [ask('ledger.begin', { ledger: route.ledger })]
        : [ask('ledger.get', { id: route.id })];
    case 'person':
      return [ask('person.card', { key: route.key })];
    case 'password':
      return [];
  }
}

/** Whether a screen opens for the account, by its methods and registers. */
export function isOpenTo(session: SessionInfo, route: Route): boolean {
  if (!questionsOf(route).every(({ method }) => may(session, method))) return false;
  if (route.screen === 'paperDay') return sees(session, mediation.name);
  if (!('ledger' in route)) return true;
  const ledger = ledgers.find(({ name }) => name === route.ledger);
  if (!ledger || !sees(session, ledger.name)) return false;
  return route.screen !== 'record' || route.id !== null || mayChange(session, ledger);
}

/** Where an account begins: its first register, or what is due. */
export function homeOf(session: SessionInfo): Route {
  const [first] = seenLedgers(session);
  return first ? { screen: 'list', ledger: first.name } : { screen: 'deadlines' };
}
