import type { FieldSpecs } from '#shared/kinds/kind.ts';

/**
 * The life of a record as a table. The same table serves the buttons and the enforcement.
 * States are a closed union in code; what the published lists call them is data.
 */
export type Step<S extends string = string> = {
  readonly from: readonly S[];
  readonly action: string;
  readonly to: S;
  readonly label: string;
  /** Fields that must be filled for the step. */
  readonly requires: readonly string[];
  /** Fields the step empties. */
  readonly clears?: readonly string[];
  /** Taken by itself after a save, as soon as the named fields are filled (true) or all empty (false). */
  readonly auto?: { readonly fields: readonly string[]; readonly filled: boolean };
};

export type Workflow<S extends string = string> = {
  readonly initial: S;
  readonly states: Readonly<
    Record<
      S,
      { label: string; tone: 'default' | 'processing' | 'success' | 'warning' | 'error'; isClosed?: boolean }
    >
  >;
  readonly steps: readonly Step<S>[];
};

type Content = Readonly<Record<string, unknown>>;

const isFilled = (content: Content, field: string) => {
  const value = content[field];
  return value !== undefined && value !== null && value !== '';
};

/** Fields that a step still misses. */
export function missingFor(step: Step, content: Content): string[] {
  return step.requires.filter((field) => !isFilled(content, field));
}

/** Steps that start in this state, apart from those the program takes by itself. */
export function allowedSteps(workflow: Workflow, state: string): Step[] {
  return workflow.steps.filter((step) => step.from.includes(state) && !step.auto);
}

export function stepFor(workflow: Workflow, state: string, action: string): Step | null {
  return workflow.steps.find((step) => step.action === action && step.from.includes(state)) ?? null;
}

/** The state after a save: automatic steps are taken until none applies. Every chain ends: a step leaves its state. */
export function settle(workflow: Workflow, state: string, content: Content): string {
  let now = state;
  for (let turn = 0; turn < workflow.steps.length; turn++) {
    const step = workflow.steps.find(
      ({ auto, from }) =>
        auto && from.includes(now) && auto.fields.every((field) => isFilled(content, field) === auto.filled),
    );
    if (!step) return now;
    now = step.to;
  }
  return now;
}

/** Every field that a workflow names; a test holds them against the description. */
export function fieldsOf(workflow: Workflow): string[] {
  return [
    ...new Set(
      workflow.steps.flatMap((step) => [
        ...step.requires,
        ...(step.clears ?? []),
        ...(step.auto?.fields ?? []),
      ]),
    ),
  ];
}

export function unknownFields(workflow: Workflow, fields: FieldSpecs): string[] {
  return fieldsOf(workflow).filter((field) => !Object.hasOwn(fields, field));
}
