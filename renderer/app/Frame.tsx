import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Action, useActions } from '#renderer/commands/actions.ts';
import { AccountsScreen } from '#renderer/screens/accounts/AccountsScreen.tsx';
import { LogScreen } from '#renderer/screens/accounts/LogScreen.tsx';
import { PasswordScreen } from '#renderer/screens/accounts/PasswordScreen.tsx';
import { CodesScreen } from '#renderer/screens/codes/CodesScreen.tsx';
import { BoardScreen } from '#renderer/screens/deadlines/BoardScreen.tsx';
import { RulesScreen } from '#renderer/screens/deadlines/RulesScreen.tsx';
import { ListScreen } from '#renderer/screens/list/ListScreen.tsx';
import { NumberingScreen } from '#renderer/screens/numbering/NumberingScreen.tsx';
import { PaperDayScreen } from '#renderer/screens/numbering/PaperDayScreen.tsx';
import { PersonScreen } from '#renderer/screens/person/PersonScreen.tsx';
import { RecordScreen } from '#renderer/screens/record/RecordScreen.tsx';
import { RetentionScreen } from '#renderer/screens/retention/RetentionScreen.tsx';
import { SafetyPapersScreen } from '#renderer/screens/safety/SafetyPapersScreen.tsx';
import { TransferScreen } from '#renderer/screens/safety/TransferScreen.tsx';
import { SealingScreen } from '#renderer/screens/sealing/SealingScreen.tsx';
import { TemplatesScreen } from '#renderer/screens/templates/TemplatesScreen.tsx';
import { FiguresScreen } from '#renderer/screens/yearly/FiguresScreen.tsx';
import { MaintenanceScreen } from '#renderer/screens/yearly/MaintenanceScreen.tsx';
import { ReportScreen } from '#renderer/screens/yearly/ReportScreen.tsx';
import { followHome } from '#renderer/state/home.ts';
import { may } from '#renderer/state/may.ts';
import { lockSession, signOut, toggleVeil } from '#renderer/state/program.ts';
import { isOpenTo } from '#renderer/state/reach.ts';
import { go, goBack, openRecord, type Route, useNavigation } from '#renderer/state/route.ts';
import { useLedger } from '#renderer/state/used.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { passwordText, veilText } from '#shared/text/safety.ts';
import {
  actionText,
  commonText,
  layoutText,
  programText,
  reachText,
  roleNames,
} from '#shared/text/window.ts';
import { AskedDialogs } from './AskedDialogs.tsx';
import { CopyNotice } from './CopyNotice.tsx';
import { Palette } from './Palette.tsx';
import { PartTabs } from './PartTabs.tsx';
import { furtherPlacesOf, groupOf, groupsOf, placesOf, writableOf } from './places.ts';
import { RestoreNotice } from './RestoreNotice.tsx';
import { SearchBox } from './SearchBox.tsx';
import { TransferNotice } from './TransferNotice.tsx';

followHome();

/** The first nine places have a key; the others are found in the palette. */
const keyOf = (index: number) => (index < 9 ? `Ctrl+${index + 1}` : undefined);

/** The frame of an open ledger: places at the left, search and account above, the screen in the middle. */
export function Frame({ session }: { session: SessionInfo }) {
  const route = useNavigation((state) => state.route);
  const [hasPalette, setPalette] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const here = placeOf(route);

  // What had the focus went with the screen before: the keys go on in the new one
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('content')?.focus();
  }, [route]);

  const mayReveal = may(session, 'session.reveal');
  const places = placesOf(session);
  const groups = groupsOf(session);
  const group = groups.find(({ key }) => key === here);
  const actions: Action[] = [
    {
      id: 'palette',
      label: layoutText.palette,
      shortcut: 'Ctrl+K',
      isEnabled: true,
      run: () => setPalette(true),
    },
    {
      id: 'find',
      label: actionText.find,
      shortcut: 'Ctrl+F',
      isEnabled: true,
      run: () => search.current?.focus(),
    },
    ...places.map((place, index) => ({
      id: `go.${place.key}`,
      label: actionText.openLedger(place.label),
      ...(keyOf(index) === undefined ? {} : { shortcut: keyOf(index) as string }),
      isEnabled: true,
      run: () => go(place.route),
    })),
    ...groups
      .flatMap(({ parts }) => parts)
      .map(({ key, label, route: to }) => ({
        id: `go.${key}`,
        label: actionText.openLedger(label),
        isEnabled: true,
        run: () => go(to),
      })),
    ...writableOf(session).map((ledger) => ({
      id: `new.${ledger.name}`,
      label: actionText.newRecord(ledger.noun),
      isEnabled: true,
      run: () => openRecord(ledger.name, null),
    })),
    ...furtherPlacesOf(session).map(({ key, label, route: to }) => ({
      id: key,
      label,
      isEnabled: true,
      run: () => go(to),
    })),
    {
      id: 'lock',
      label: layoutText.lock,
      shortcut: 'Ctrl+L',
      isEnabled: true,
      run: () => void lockSession(),
    },
    {
      id: 'veil',
      label: session.isVeiled ? veilText.show : veilText.hide,
      shortcut: 'F8',
      isEnabled: mayReveal,
      run: () => void toggleVeil(session),
    },
    {
      id: 'password',
      label: passwordText.title,
      isEnabled: true,
      run: () => go({ screen: 'password' }),
    },
    { id: 'signOut', label: layoutText.signOut, isEnabled: true, run: () => void signOut() },
  ];
  useActions('frame', actions);

  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {layoutText.skip}
      </button>
      <header className="frame-top">
        <span className="frame-name">{programText.name}</span>
        <SearchBox input={search} />
        <span className="stretch" />
        {session.isDemo && (
          <span className="demo" title={programText.demoHint}>
            {programText.demo}
          </span>
        )}
        <span className="frame-unit">{session.unit.name}</span>
        <span className="quiet-on-dark">
          {commonText.beside(session.account.name, roleNames[session.account.role])}
        </span>
        {mayReveal && (
          <Button size="small" ghost onClick={() => void toggleVeil(session)} title="F8">
            {session.isVeiled ? veilText.show : veilText.hide}
          </Button>
        )}
        <Button size="small" ghost onClick={() => void lockSession()} title="Ctrl+L">
          {layoutText.lock}
        </Button>
        <Button size="small" ghost onClick={() => void signOut()}>
          {layoutText.signOut}
        </Button>
      </header>
      <nav className="frame-nav" aria-label={layoutText.navigation}>
        {places.map((place, index) => (
          <button
            key={place.key}
            type="button"
            className="place"
            aria-current={here === place.key ? 'page' : undefined}
            title={keyOf(index)}
            onClick={() => go(place.route)}
          >
            {place.label}
          </button>
        ))}
        <button type="button" className="place place-palette" onClick={() => setPalette(true)}>
          {layoutText.palette} <kbd>Ctrl+K</kbd>
        </button>
      </nav>
      <main id="content" className="frame-main" tabIndex={-1} aria-label={layoutText.content}>
        <CopyNotice />
        <RestoreNotice />
        <TransferNotice />
        {group && route.screen !== 'record' ? (
          <div className="with-parts">
            <PartTabs group={group} />
            <Screen route={route} session={session} />
          </div>
        ) : (
          <Screen route={route} session={session} />
        )}
      </main>
      <AskedDialogs session={session} />
      {hasPalette && <Palette onClose={() => setPalette(false)} />}
    </div>
  );
}

/** The place that a screen belongs to. */
function placeOf(route: Route): string {
  // Numbers belong to the care of the ledger, whichever register they are of.
  if (['numbering', 'paperDay', 'templates', 'retention', 'password'].includes(route.screen))
    return 'maintenance';
  if ('ledger' in route) return groupOf(route.ledger) ?? route.ledger;
  return route.screen === 'rules' ? 'deadlines' : route.screen;
}

function Screen({ route, session }: { route: Route; session: SessionInfo }) {
  // What was taken from an account may still lie on its way back, or be asked for by another screen
  if (!isOpenTo(session, route)) return <NotOpen />;
  if (route.screen === 'deadlines') return <BoardScreen />;
  if (route.screen === 'rules') return <RulesScreen />;
  if (route.screen === 'retention') return <RetentionScreen />;
  if (route.screen === 'figures') return <FiguresScreen />;
  if (route.screen === 'report') return <ReportScreen unit={session.unit.name} />;
  if (route.screen === 'numbering') return <NumberingScreen ledger={route.ledger} />;
  if (route.screen === 'paperDay') return <PaperDayScreen />;
  if (route.screen === 'templates') return <TemplatesScreen />;
  if (route.screen === 'codes') return <CodesScreen />;
  if (route.screen === 'password') return <PasswordScreen />;
  if (route.screen === 'accounts') return <AccountsScreen session={session} />;
  if (route.screen === 'log') return <LogScreen />;
  if (route.screen === 'sealing')
    return <SealingScreen key={route.apply?.recordId ?? ''} apply={route.apply ?? null} />;
  if (route.screen === 'maintenance') return <MaintenanceScreen session={session} />;
  if (route.screen === 'safety')
    return route.part === 'papers' ? (
      <SafetyPapersScreen />
    ) : (
      <TransferScreen key={route.part} direction={route.part} />
    );
  if (route.screen === 'person') return <PersonScreen key={route.key} personKey={route.key} />;
  return <RegisterScreen route={route} />;
}

/** The list or the form of a register, as the unit uses it. */
function RegisterScreen({ route }: { route: Extract<Route, { screen: 'list' | 'record' }> }) {
  const ledger = useLedger(route.ledger);
  if (!ledger) return null;
  if (route.screen === 'list')
    return (
      <ListScreen
        key={`${ledger.name} ${JSON.stringify(route.filter ?? null)}`}
        ledger={ledger}
        begins={route.filter}
      />
    );
  return <RecordScreen key={`${route.opened}`} ledger={ledger} route={route} />;
}

/** Instead of a screen that would be refused. */
function NotOpen() {
  useActions('record', [
    { id: 'notOpen.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
  ]);
  return (
    <section className="screen" aria-label={reachText.notOpen}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{reachText.notOpen}</h1>
      </header>
      <p className="quiet pad">{reachText.notOpenHint}</p>
    </section>
  );
}
