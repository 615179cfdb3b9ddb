import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { url as inspectorUrl } from 'node:inspector';
import { app, dialog, Menu, protocol } from 'electron';
import { findPlaces } from './places.ts';
import { preferenceFile } from './preferences.ts';
import { readArguments, restartFor, statusNeedsScreen } from './program-arguments.ts';
import { openProgram, startHost } from './program-window.ts';
import { scheme, switchesToRemove } from './security/decisions.ts';
import { hardenProgram } from './security/harden.ts';
import { chromiumSwitches, disabledFeatures } from './security/switches.ts';
import { runCommandLine, runPrint, runPrintPages } from './without-window.ts';

// The order matters: switches and schemes count only before Chromium is ready, the lock only with its own folder.
const argv = process.argv.slice(1);
const mode = readArguments(argv);
const { DISPLAY, WAYLAND_DISPLAY } = process.env;
const restart = restartFor(mode, process.execPath, argv, {
  platform: process.platform,
  display: DISPLAY,
  wayland: WAYLAND_DISPLAY,
});

if (restart) {
  const run = spawnSync(...restart, { stdio: 'inherit' });
  process.exit(run.error ? statusNeedsScreen : (run.status ?? 1));
}

for (const name of switchesToRemove({
  isPackaged: app.isPackaged,
  isInspectable: inspectorUrl() !== undefined,
})) {
  app.commandLine.removeSwitch(name);
}
for (const [name, value] of chromiumSwitches) {
  if (value === null) app.commandLine.appendSwitch(name);
  else app.commandLine.appendSwitch(name, value);
}
const given = app.commandLine.getSwitchValue('disable-features');
app.commandLine.appendSwitch(
  'disable-features',
  [given, ...disabledFeatures].filter((name) => name !== '').join(','),
);
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
// As root, on a machine of developers, there is no sandbox to enable, and Chromium's processes would not start at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
hardenProgram();

if (mode.is === 'cli') void runCommandLine(findPlaces(), mode.argv);
else if (mode.is === 'print') void runPrint(findPlaces(), mode.html, mode.out);
else if (mode.is === 'pages') void runPrintPages(mode.out);
else startWindow(mode.safeDisplay);

function startWindow(isSafeDisplayAsked: boolean): void {
  const { JUDICIAL_USER_DATA } = process.env;
  if (JUDICIAL_USER_DATA) app.setPath('userData', JUDICIAL_USER_DATA);
  const preferences = preferenceFile(app.getPath('userData'));
  if (isSafeDisplayAsked || preferences.read().safeDisplay) app.disableHardwareAcceleration();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const places = findPlaces();
  const host = startHost(places, preferences);
  app.on('window-all-closed', () => undefined); // the window's own closing ends the program, after the core's
  app
    .whenReady()
    .then(() => {
      Menu.setApplicationMenu(null);
      const window = openProgram(host, places, preferences);
      app.on('second-instance', () => {
        if (window.isMinimized()) window.restore();
        window.focus();
      });
    })
    .catch(async (error: unknown) => {
      // without a window there is no other place to say it
      const incident = randomUUID().slice(0, 8);
      process.stderr.write(`incident ${incident}: ${error instanceof Error ? error.message : 'unknown'}\n`);
      // Read only now: thousands of sentences are in nobody's way to the window.
      const { errorText } = await import('#shared/text/errors.ts');
      dialog.showErrorBox(app.getName(), errorText({ code: 'internal', params: { incident } }));
      app.exit(1);
    });
}
