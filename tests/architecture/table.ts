/**
 * Who may import what, as a literal. A file belongs to the row with the longest `area` that its path starts with and
 * may import that area itself, the areas named in `from`, and the packages named in `packages` ('node:' stands for
 * all of Node's own modules). A new row or a new word in a row needs an entry in the decisions list of README.md.
 */
export type Row = {
  readonly area: string;
  readonly from: readonly string[];
  readonly packages: readonly string[];
  /** Areas of which only types may be imported. */
  readonly types?: readonly string[];
};

/** Words of the core that every part of it may speak; only types and constants stand there. */
const contract = 'main/core/api/contract.ts';

const kernel = {
  db: 'main/core/db/',
  settings: 'main/core/settings/',
  security: 'main/core/security/',
  audit: 'main/core/audit/',
  ledgers: 'main/core/ledgers/',
} as const;
const wholeKernel = Object.values(kernel);

/** The door of a feature: the files that others may name. Everything else in its folder is its own affair. */
const doors = {
  persons: [
    'card.ts',
    'carry.ts',
    'decisions.ts',
    'find.ts',
    'in-record.ts',
    'index.ts',
    'match.ts',
    'rebuild.ts',
    'seen.ts',
    'warnings.ts',
  ],
  cases: ['board.ts', 'calendars.ts', 'due-entries.ts', 'rules.ts', 'sheet.ts'],
  documents: [
    'attached.ts',
    'bind-scans.ts',
    'docx-mark.ts',
    'docx.ts',
    'dossier.ts',
    'html.ts',
    'issued.ts',
    'list-html.ts',
    'own-places.ts',
    'own-store.ts',
    'own-template.ts',
    'page-numbers.ts',
    'paper-book.ts',
    'paper-numbers.ts',
    'paper-parts.ts',
    'papers.ts',
    'register-places.ts',
    'safety-papers.ts',
    'scans.ts',
    'templates.ts',
  ],
  statistics: [
    'bases.ts',
    'catalogue.ts',
    'entered.ts',
    'figure-table.ts',
    'figures.ts',
    'outside.ts',
    'stripped-figures.ts',
    'table-file.ts',
  ],
  sealing: [
    'above-files.ts',
    'again.ts',
    'asks.ts',
    'content.ts',
    'enquiries.ts',
    'lock.ts',
    'pack.ts',
    'proposal.ts',
    'requests.ts',
    'unsealing.ts',
  ],
  reports: ['annual.ts', 'fields.ts'],
  retention: [
    'carry-out.ts',
    'destruction.ts',
    'files.ts',
    'kept-lists.ts',
    'kinds.ts',
    'list-digests.ts',
    'logs.ts',
    'sheets.ts',
  ],
  imports: [],
  exchange: [],
  demo: ['generate.ts'],
} as const satisfies Record<string, readonly string[]>;

type Feature = keyof typeof doors;

const doorOf = (name: Feature): string[] => doors[name].map((file) => `main/core/${name}/${file}`);

const feature = (name: Feature, through: readonly Feature[], packages: readonly string[]): Row => ({
  area: `main/core/${name}/`,
  from: [...wholeKernel, ...through.flatMap(doorOf), 'shared/', 'seeds/'],
  packages: ['node:', 'zod', ...packages],
  types: [contract],
});

export const table: readonly Row[] = [
  { area: 'shared/', from: ['seeds/'], packages: ['zod', 'pinyin-pro'] },
  { area: 'seeds/', from: [], packages: [] },

  { area: kernel.db, from: ['shared/'], packages: ['node:', 'better-sqlite3', 'zod'], types: [contract] },
  {
    area: kernel.settings,
    from: [kernel.db, 'shared/', 'seeds/'],
    packages: ['node:', 'zod'],
    types: [contract],
  },
  {
    area: kernel.security,
    from: [kernel.db, kernel.settings, 'shared/'],
    packages: ['node:', 'zod'],
    types: [contract],
  },
  {
    area: kernel.audit,
    from: [kernel.db, kernel.settings, kernel.security, 'shared/'],
    packages: ['node:', 'zod'],
    types: [contract],
  },
  {
    area: kernel.ledgers,
    from: [kernel.db, kernel.settings, kernel.security, kernel.audit, 'shared/', 'seeds/'],
    packages: ['node:', 'zod', 'pinyin-pro'],
    types: [contract],
  },

  feature('persons', [], ['pinyin-pro']),
  feature('cases', [], []),
  feature('documents', ['cases'], ['docx', 'docxtemplater', 'pizzip', 'fflate', '@cantoo/pdf-lib']),
  feature('statistics', [], ['csv-parse']),
  feature('sealing', [], []),
  feature('reports', ['statistics', 'documents'], []),
  feature('retention', ['cases', 'documents'], []),
  feature('imports', ['persons'], ['csv-parse']),
  feature('exchange', ['persons'], []),
  feature('demo', ['statistics'], []),
  {
    area: 'main/core/api/',
    from: [...wholeKernel, ...(Object.keys(doors) as Feature[]).flatMap(doorOf), 'shared/', 'seeds/'],
    packages: ['node:', 'zod'],
  },

  { area: 'main/host/', from: ['main/core/api/', 'shared/api/'], packages: ['node:'] },
  // '(computed)': `bench` loads tests/bench by its path, where there is one.
  {
    area: 'main/cli/',
    from: ['main/core/api/', 'main/core/db/folder.ts', 'shared/'],
    packages: ['node:', 'zod', '(computed)'],
  },
  { area: 'main/electron/', from: ['main/host/', 'shared/'], packages: ['node:', 'electron', 'zod'] },
  { area: 'main/preload/', from: [], packages: ['electron'], types: ['shared/api/'] },
  {
    area: 'main/tools/',
    from: [],
    packages: ['node:', 'vite', '@vitejs/plugin-react', '@electron/asar', '@electron/fuses', '7zip-bin'],
  },

  {
    area: 'renderer/components/',
    from: ['renderer/styles/', 'shared/'],
    packages: ['react', 'react-dom', 'antd'],
  },
  { area: 'renderer/state/', from: ['shared/'], packages: ['react', 'zustand', 'zod', 'pinyin-pro'] },
  {
    area: 'renderer/commands/',
    from: ['renderer/state/', 'shared/'],
    packages: ['react', 'zustand', 'zod'],
  },
  {
    area: 'renderer/',
    from: [],
    packages: ['react', 'react-dom', 'antd', 'zustand', 'zod'],
  },
  {
    area: 'renderer/screens/',
    from: ['renderer/', 'shared/'],
    packages: ['react', 'antd', 'zod', 'zustand'],
  },
  {
    area: 'renderer/app/',
    from: ['renderer/', 'shared/'],
    packages: ['react', 'react-dom', 'antd', 'zustand', 'zod'],
  },
];
