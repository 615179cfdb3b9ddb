// Things that may not be written, each with its place and its reason: patterns over the text of one file.
import type { Source } from './tree.ts';

type Ban = {
  readonly rule: string;
  /** Paths that the ban is about; `except` takes single files out again. */
  readonly inside: readonly string[];
  readonly except?: readonly string[];
  readonly pattern: RegExp;
};

const product = ['shared/', 'main/core/', 'main/host/', 'main/electron/', 'main/preload/', 'renderer/'];

export const bans: readonly Ban[] = [
  {
    // An input method's own Enter or Escape must not save or close anything.
    rule: 'key handlers go through onKeys',
    inside: ['renderer/'],
    except: ['renderer/components/ime.ts'],
    pattern:
      /\bonKey(?:Down|Press)(?:Capture)?(?:=\{|\s*:)(?!\s*onKeys\()|addEventListener\(\s*['"]key(?:down|press)['"]\s*,(?!\s*onKeys\()|\bonPressEnter\b/g,
  },
  {
    // They are rendered outside the provider: without its nonce the content policy refuses their styles.
    rule: 'App.useApp() instead of static messages',
    inside: ['renderer/'],
    pattern:
      /\bModal\.(?:confirm|info|success|error|warning)\(|\bimport \{[^}]*\b(?:message|notification)\b[^}]*\} from 'antd'/g,
  },
  {
    rule: 'no markup or code from strings',
    inside: ['renderer/', 'main/electron/', 'main/preload/', 'shared/'],
    pattern:
      /dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b|\binsertAdjacentHTML\b|\beval\(|\bnew Function\(/g,
  },
  {
    // The clock is given to the core; the board uses the later of it and the last instant known.
    rule: 'no reading of the clock',
    inside: ['shared/', 'main/core/'],
    pattern: /\bnew Date\(\s*\)|\bDate\.now\(/g,
  },
  {
    // Logs carry no names; what the program has to say it says through codes and events.
    rule: 'no console',
    inside: product,
    pattern: /\bconsole\.\w+\(/g,
  },
  {
    // serialize() gives clear text, backup() fails on an encrypted ledger, extensions are foreign code.
    rule: 'no such call of the driver',
    inside: ['main/'],
    pattern: /\.(?:serialize|loadExtension)\(|\bdb\.backup\(/g,
  },
  {
    // On Windows others hold files that were just written: db/held.ts waits for them.
    rule: 'renames wait for who holds the file',
    inside: ['main/core/'],
    except: ['main/core/db/held.ts'],
    pattern: /\.renameSync\(|\{[^}]*\brename(?:Sync)?\b[^}]*\} from 'node:fs(?:\/promises)?'/g,
  },
  {
    // Rights, audit and versions hang on the dispatcher; a window that reaches the network hangs on nothing.
    rule: 'no network',
    inside: product,
    pattern: /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b|from 'node:(?:http|https|net|tls|dgram)'/g,
  },
];

export function checkBans(source: Source): string[] {
  const findings: string[] = [];
  for (const ban of bans) {
    if (!ban.inside.some((home) => source.path.startsWith(home)) || ban.except?.includes(source.path))
      continue;
    for (const match of source.text.matchAll(ban.pattern)) {
      const line = source.text.slice(0, match.index).split('\n').length;
      findings.push(`${source.path}:${line}: [${ban.rule}] ${match[0].trim()}`);
    }
  }
  return findings;
}
