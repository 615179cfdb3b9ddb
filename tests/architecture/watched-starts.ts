// Every start of the program in the window tests goes through the watch (tests/e2e/watch.ts): told by what each call that
// starts a process is given to start.
import { parseSync } from 'oxc-parser';

type Node = { type: string; start: number; end: number; [key: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node))
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) visit(item, see);
}

/** Whatever starts a process: Node's own functions, the test driver's, and the driver by pipes. */
const starters = new Set([
  ...['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  ...['launch', 'drive'],
]);

/** Programs of the system by which tests read files; and Node itself, which is none of the program. */
const otherPrograms = /^(?:'(?:pdftotext|pdftoppm|pdfimages|cp|sleep|strace)'|process\.execPath)$/;
/** Watched: by this file, or traced on the spot by the test that looks at the sockets itself. */
const watched = /^\[?(?:watchedProgram|traced)\(/;

/**
 * Lines of a file that start something which may be the program without the watch. `handsOn`: functions whose own
 * parameter is started; what they are given is judged where they are called.
 */
export function unwatchedStarts(file: string, text: string, handsOn: readonly string[] = []): string[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const sourceOf = (node: Node) => text.slice(node.start, node.end);
  const made = new Map<string, string>();
  const calls: Node[] = [];
  visit(program as unknown as Node, (node) => {
    if (node.type === 'VariableDeclarator' && isNode(node.id) && isNode(node.init)) {
      // The first word of a command that is taken apart: const [program = '', ...args] = command
      const first = (node.id.elements as (Node | null)[] | undefined)?.[0];
      const name = first ? (isNode(first.left) ? first.left : first) : node.id;
      // A name that means two things in one file is judged by the worse of them.
      const before = made.get(sourceOf(name));
      const init = sourceOf(node.init);
      if (before === undefined || watched.test(before)) made.set(sourceOf(name), init);
    }
    if (node.type === 'CallExpression') calls.push(node);
  });
  const given = (call: Node): string => {
    const [first] = call.arguments as Node[];
    if (first?.type !== 'ObjectExpression') return first ? sourceOf(first) : '';
    const named = (first.properties as Node[]).find(
      ({ key }) => isNode(key) && sourceOf(key) === 'executablePath',
    );
    return named && isNode(named.value) ? sourceOf(named.value) : '';
  };
  return calls.flatMap((call) => {
    const callee = call.callee as Node;
    const name = sourceOf(callee).split('.').at(-1) ?? '';
    if (!starters.has(name) || (callee.type === 'MemberExpression' && /\bexec$/.test(name))) return [];
    const word = given(call);
    const meant = made.get(word) ?? word;
    // A start of our own harness under the same name (launch.ts) is judged where it starts something itself.
    const isOwn = name === 'launch' && callee.type === 'Identifier';
    if (isOwn || watched.test(meant) || otherPrograms.test(meant) || handsOn.includes(meant)) return [];
    return [`${file}:${text.slice(0, call.start).split('\n').length}: ${name}(${word.split('\n')[0]})`];
  });
}
