import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of the program around the command line, run from its source, from out/ or inside the package. */
export type Places = {
  seeds: string;
  nativeBinding: string | undefined;
  version: string;
  root: string;
  isPackaged: boolean;
};

export function findPlaces(ownUrl: string): Places {
  const file = fileURLToPath(ownUrl);
  const folder = path.dirname(file);
  const root = path.join(folder, '..', '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  // Beside a bundle the seeds were copied too; from the source they are where they always are.
  const seeds = file.endsWith('.ts') ? path.join(root, 'seeds') : path.join(folder, '..', 'seeds');
  return { seeds, root, version, ...driver() };
}

/**
 * Inside Electron the driver's own search does not find its native file: a package has it beside its archive and
 * listens to nobody; a working copy is told by the tools. Electron's own name tells the two apart, as for app.isPackaged.
 */
function driver(): { nativeBinding: string | undefined; isPackaged: boolean } {
  const { resourcesPath } = process as typeof process & { resourcesPath?: string };
  if (!process.versions.electron) return { nativeBinding: undefined, isPackaged: false };
  if (/^electron(\.exe)?$/i.test(path.basename(process.execPath))) {
    return { nativeBinding: process.env.JUDICIAL_SQLITE, isPackaged: false };
  }
  const name = `${process.platform}-${process.arch}.node`;
  return { nativeBinding: path.join(resourcesPath ?? '', name), isPackaged: true };
}
