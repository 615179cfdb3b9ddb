import { applies } from '#shared/kinds/conditions.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { isWaived } from './waivers.ts';

/** What a record must look like for a step that the program takes by itself. An empty field is in no list. */
export type Condition =
  | { readonly field: string; readonly filled: boolean }
  | { readonly field: string; readonly in: readonly string[] }
  | { readonly field: string; readonly notIn: readonly string[] };

/**
 * The life of a record as a table. The same table serves the buttons and the enforcement.
 * States are a closed union in code; what the published lists call them is data.
 */
export type Step<S extends string = string> = {
  readonly from: readonly S[];
  readonly action: string;
  readonly to: S;
  readonly label: string;
  /** Fields that must be filled (or waived) for the step. */
  readonly requires: readonly string[];
  /** Fields that must be filled (or waived) where they apply to the record. */
  readonly asks?: readonly string[];
  /** Fields the step empties. */
  readonly clears?: readonly string[];
  /**
   * The step happens on the day in `field`: today, unless another is given with it. What stood there before (the day an
   * application came in) is kept in `before`.
   */
  readonly dates?: { readonly field: string; readonly before: string };
  /** Values the step gives. */
  readonly sets?: Readonly<Record<string, string>>;
  /** The step is taken by making a record of another ledger, in the same transaction as its first save. */
  readonly opens?: Opening;
  /** Taken by itself after a save, as soon as every condition holds. */
  readonly auto?: readonly Condition[];
};

export type Opening = {
  readonly ledger: string;
  /** Field of the new record → the field of this one that it begins with. */
  readonly carries: Readonly<Record<string, string>>;
  /** A field with names in a row, each of which begins a child of the new record. */
  readonly names?: { readonly from: string; readonly child: string; readonly field: string };
  /** Values that the new record begins with. */
  readonly begins?: Readonly<Record<string, string>>;
  /** The field of this record that names the new one. */
  readonly links: string;
  /** The field of this record that holds the day of it. */
  readonly on: string;
};

export type State = {
  readonly label: string;
  readonly tone: 'default' | 'processing' | 'success' | 'warning' | 'error';
  /** Under way: what concerns the persons of it is said when they come again. */
  readonly isOpen?: boolean;
  /** The content can no longer be changed, only by a step. */
  readonly isClosed?: boolean;
  /** Not in any figure: entered by mistake, or never taken on. */
  readonly isUncounted?: boolean;
  /** The record has no number yet; it gets one in the first state that has. */
  readonly isUnnumbered?: boolean;
};

export type Workflow<S extends string = string> = {
  readonly initial: S;
  readonly states: Readonly<Record<S, State>>;
  readonly steps: readonly Step<S>[];
};

type Content = Readonly<Record<string, unknown>>;

export const isFilled = (content: Content, field: string) => {
  const value = content[field];
  return value !== undefined && value !== null && value !== '';
};

/** Whether a record is as the condition says. */
export function holds(content: Content, condition: Condition): boolean {
  if ('filled' in condition) return isFilled(content, condition.field) === condition.filled;
  const value = String(content[condition.field] ?? '');
  return 'in' in condition ? condition.in.includes(value) : !condition.notIn.includes(value);
}

/** Fields that a step still misses: neither filled nor declared 不适用. */
export function missingFor(step: Step, content: Content, fields: FieldSpecs): string[] {
  const asked = (step.asks ?? []).filter((field) => fields[field] && applies(fields[field], content));
  return [...step.requires, ...asked].filter(
    (field) => !isFilled(content, field) && !(fields[field]?.mayWaive && isWaived(content, field)),
  );
}

/** Steps that start in this state, apart from those the program takes by itself. */
export function allowedSteps(workflow: Workflow, state: string): Step[] {
  return workflow.steps.filter((step) => step.from.includes(state) && !step.auto);
}

export function stepFor(workflow: Workflow, state: string, action: string): Step | null {
  return workflow.steps.find((step) => step.action === action && step.from.includes(state)) ?? null;
}

/**
 * Fields that only a step to a closed state asks for, with the step: the day of filing, the reason for voiding. They say
 * that the step was taken, and nothing before it.
 */
export function fieldsOfSteps({ states, steps }: Workflow): ReadonlyMap<string, Step> {
  const automatic = new Set(steps.flatMap(({ auto }) => auto?.map(({ field }) => field) ?? []));
  const closing = steps.filter((step) => !step.auto && states[step.to]?.isClosed);
  const pairs = closing.flatMap((step) => step.requires.map((field) => [field, step] as const));
  return new Map(pairs.filter(([field]) => !automatic.has(field)));
}

/** States whose records no figure counts. */
export function uncountedStates(workflow: Workflow): string[] {
  return Object.keys(workflow.states).filter((state) => workflow.states[state]?.isUncounted === true);
}

/** Entered by mistake: it keeps its number, counts nowhere, and is not chosen any more. */
export function isVoid(workflow: Workflow, state: string): boolean {
  const { isClosed = false, isUncounted = false, isUnnumbered = false } = workflow.states[state] ?? {};
  return isClosed && isUncounted && !isUnnumbered;
}

/** Done with, and counted: nothing of it is reminded of any more. */
export function isFiled(workflow: Workflow, state: string): boolean {
  const { isClosed = false, isUncounted = false } = workflow.states[state] ?? {};
  return isClosed && !isUncounted;
}

/** Whether a record of this state has a number, or waits for one: what was never taken on and what is void needs none. */
export function isNumbered(workflow: Workflow, state: string): boolean {
  const { isUnnumbered = false, isUncounted = false } = workflow.states[state] ?? {};
  return !isUnnumbered && !isUncounted;
}

/** The state after a save: automatic steps are taken until none applies. Every chain ends: a step leaves its state. */
export function settle(workflow: Workflow, state: string, content: Content): string {
  let now = state;
  for (let turn = 0; turn < workflow.steps.length; turn++) {
    const step = workflow.steps.find(
      ({ auto, from }) => auto && from.includes(now) && auto.every((condition) => holds(content, condition)),
    );
    if (!step) return now;
    now = step.to;
  }
  return now;
}

/** Whether the step would leave the record as it is: it has been taken, and what it asks for is filled. */
export function isRepeat(workflow: Workflow, state: string, step: Step, content: Content): boolean {
  const isSame = Object.entries(step.sets ?? {}).every(([field, value]) => content[field] === value);
  return isSame && !step.clears && !step.dates && settle(workflow, step.to, content) === state;
}

/** Every field that a workflow names; a test holds them against the description. */
function fieldsOf(workflow: Workflow): string[] {
  return [
    ...new Set(
      workflow.steps.flatMap((step) => [
        ...step.requires,
        ...(step.asks ?? []),
        ...(step.opens
          ? [
              step.opens.links,
              step.opens.on,
              ...Object.values(step.opens.carries),
              ...(step.opens.names ? [step.opens.names.from] : []),
            ]
          : []),
        ...(step.clears ?? []),
        ...Object.keys(step.sets ?? {}),
        ...(step.dates ? [step.dates.field, step.dates.before] : []),
        ...(step.auto?.map(({ field }) => field) ?? []),
      ]),
    ),
  ];
}

export function unknownFields(workflow: Workflow, fields: FieldSpecs): string[] {
  return fieldsOf(workflow).filter((field) => !Object.hasOwn(fields, field));
}
