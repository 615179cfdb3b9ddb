import { join } from 'node:path';
import { app } from 'electron';

/** Files of the program itself: the folder it runs from, or the package. */
export type Places = {
  renderer: string;
  preload: string;
  threadFile: string;
  helperFile: string;
  cli: string;
  seeds: string;
  nativeBinding: string | undefined;
};

export function findPlaces(): Places {
  const out = join(app.getAppPath(), 'out');
  return {
    renderer: join(out, 'renderer'),
    preload: join(out, 'preload', 'preload.cjs'),
    threadFile: join(out, 'main', 'core-thread.cjs'),
    helperFile: join(out, 'main', 'helper.cjs'),
    cli: join(out, 'main', 'cli.cjs'),
    seeds: join(out, 'seeds'),
    nativeBinding: driverFile(),
  };
}

/** A package has the driver beside its archive and listens to nobody; a working copy may be pointed at another. */
function driverFile(): string | undefined {
  if (app.isPackaged) return join(process.resourcesPath, `${process.platform}-${process.arch}.node`);
  return process.env['JUDICIAL_SQLITE'] || undefined;
}
