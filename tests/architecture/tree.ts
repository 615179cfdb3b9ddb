// The files of the project as they lie on the disk, parsed once.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export const root = path.resolve(import.meta.dirname, '../..');

const passedOver = new Set(['node_modules', 'out', 'dist', 'test-results', '.git']);

/** All paths below the root, with forward slashes, without generated folders. */
export function listFiles(folder = ''): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    if (passedOver.has(entry.name)) continue;
    const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...listFiles(relative));
    else found.push(relative);
  }
  return found;
}

export const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export type Import = {
  readonly specifier: string;
  readonly isType: boolean;
  /** `import(…)`: read when that line runs. */
  readonly isLate?: boolean;
  readonly line: number;
  /** What is taken from it: its name there and its name here. Null for a module that is taken whole. */
  readonly names: readonly { readonly there: string; readonly here: string }[] | null;
};
export type Export = { readonly name: string; readonly isType: boolean; readonly line: number };
/** A piece of text that the program could show or send: string, template, JSX text. */
export type TextPiece = { readonly text: string; readonly line: number };

export type Source = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly hasDefaultExport: boolean;
  readonly pieces: readonly TextPiece[];
};

type Node = { type: string; start: number; [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) isNode(item) && visit(item, see);
    else if (isNode(value)) visit(value, see);
  }
}

export function parseSource(file: string, text: string): Source {
  const result = parseSync(file, text);
  if (result.errors.length > 0) throw new Error(`${file}: ${result.errors[0]?.message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  for (const item of result.module.staticImports) {
    // `import type { X }` has entries that are all types; a bare `import 'x'` has none and is no type import.
    const isType = item.entries.length > 0 && item.entries.every((entry) => entry.isType);
    const names = item.entries.map(({ importName, localName }) => ({
      there: importName.kind === 'Name' ? (importName.name ?? '') : importName.kind,
      here: localName.value,
    }));
    const isWhole = names.some(({ there }) => there === 'NamespaceObject');
    const line = lineAt(item.start);
    imports.push({ specifier: item.moduleRequest.value, isType, line, names: isWhole ? null : names });
  }
  const exports: Export[] = [];
  for (const item of result.module.staticExports) {
    for (const { moduleRequest, importName, exportName, isType, start } of item.entries) {
      const line = lineAt(start);
      if (moduleRequest) {
        const name = importName.kind === 'Name' ? importName.name : null;
        const names = name ? [{ there: name, here: exportName.name ?? name }] : null;
        imports.push({ specifier: moduleRequest.value, isType, line, names });
      } else if (exportName.kind === 'Name') exports.push({ name: exportName.name ?? '', isType, line });
    }
  }
  const pieces: TextPiece[] = [];
  visit(result.program as unknown as Node, (node) => {
    if (node.type === 'ImportExpression' || node.type === 'TSImportType') {
      const source = node.source as Node;
      const specifier = typeof source.value === 'string' ? source.value : '(computed)';
      const isType = node.type === 'TSImportType';
      imports.push({ specifier, isType, isLate: true, line: lineAt(node.start), names: null });
    }
    if (node.type === 'Literal') {
      if (typeof node.value === 'string') pieces.push({ text: node.value, line: lineAt(node.start) });
    }
    if (node.type === 'TemplateElement') {
      pieces.push({ text: (node.value as { cooked: string }).cooked ?? '', line: lineAt(node.start) });
    }
    if (node.type === 'JSXText') pieces.push({ text: String(node.value), line: lineAt(node.start) });
  });
  const hasDefaultExport = result.module.staticExports.some((item) =>
    item.entries.some((entry) => entry.exportName.kind === 'Default'),
  );
  return { path: file, text, imports, exports, hasDefaultExport, pieces };
}

export const listSources = (): Source[] =>
  listFiles()
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => parseSource(file, readText(file)));
