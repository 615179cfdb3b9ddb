import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Terminal } from '#cli/command.ts';
import { findPlaces, type Places } from '#cli/places.ts';
import { type CoreChanges, runLine } from '#cli/run.ts';

export const secret = 'befehlszeile-1';

export type Ran = { status: number; out: string; err: string };

/** A folder of its own, and the command line of this program as IT staff type it, in this process. */
export function aCommandLine(changes: CoreChanges = {}) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-test-'));
  const places = findPlaces(pathToFileURL(path.resolve('main/cli/index.ts')).href);

  async function run(
    argv: readonly string[],
    env: Record<string, string | undefined> = { LEDGER_PASSWORD: secret },
    at: Places = places,
  ): Promise<Ran> {
    const ran = { status: -1, out: '', err: '' };
    const terminal: Terminal = {
      env,
      async out(text) {
        ran.out += text;
      },
      async err(text) {
        ran.err += text;
      },
      isWatched: false,
    };
    ran.status = await runLine(argv, terminal, at, { kdfCost: 1024, ...changes });
    return ran;
  }

  const folder = path.join(home, 'data');
  const on = (...words: string[]) => [...words, '--dir', folder];
  return {
    home,
    folder,
    places,
    run,
    on,
    at: (name: string) => path.join(home, name),
    file(name: string, content: unknown): string {
      const at = path.join(home, name);
      fs.writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content));
      return at;
    },
    /** The one JSON object of a command that has to succeed. */
    // biome-ignore lint/suspicious/noExplicitAny: the answer's shape is what the tests look at
    async json(...words: string[]): Promise<any> {
      const { status, out, err } = await run([...on(...words), '--json']);
      if (status !== 0) throw new Error(`${words.join(' ')}: ${status} ${err}`);
      const lines = out.split('\n');
      if (lines.length !== 2 || lines[1] !== '') throw new Error(`not one line of JSON: ${out}`);
      return JSON.parse(out);
    },
    /** The one error object of a command that has to be refused. */
    async refused(...words: string[]): Promise<{
      code: string;
      message: string;
      params: Record<string, unknown>;
      fields?: Record<string, unknown>;
    }> {
      const { status, out, err } = await run([...on(...words), '--json']);
      if (status !== 1 || out !== '') throw new Error(`${words.join(' ')}: ${status} ${out}`);
      const told = JSON.parse(err) as { error: never };
      return told.error;
    },
    remove: () => fs.rmSync(home, { recursive: true, force: true }),
  };
}

export type CommandLine = ReturnType<typeof aCommandLine>;

/** A station and the county above it, whose card the station trusts. */
export async function aStationBelowItsCounty(): Promise<{ station: CommandLine; county: CommandLine }> {
  const [station, county] = [aCommandLine(), aCommandLine()];
  await station.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
  await county.json('init', '--level', 'county', '--unit', '620921', '--name', '金塔县司法局');
  await county.json('password-help', 'card', '--out', county.at('card.json'));
  await station.json('password-help', 'trust', '--file', county.at('card.json'));
  return { station, county };
}
