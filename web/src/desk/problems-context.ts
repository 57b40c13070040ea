import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Problem } from '../api/shapes.js';
import type { Missing } from './draft-body.js';

/** What is wrong, by the JSON Pointer of the member that it is about. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

export const ProblemsContext = createContext<readonly FieldProblem[]>([]);

/** What is wrong with a member of what is filed, or with anything inside it. */
export function useProblemsAt(pointer: string, inside = false): readonly string[] {
  const problems = useContext(ProblemsContext);
  return problems
    .filter((problem) => problem.pointer === pointer || (inside && problem.pointer.startsWith(`${pointer}/`)))
    .map(({ detail }) => detail);
}

export const fieldProblems = (problem: Problem | null, missing: readonly Missing[]): readonly FieldProblem[] => [
  ...(problem?.errors ?? []).map(({ pointer = '', detail }) => ({ pointer, detail })),
  ...missing.map(({ pointer, label }) => ({ pointer, detail: `Give ${label}.` })),
];

/** The problems below `at` with their pointers made relative to it: for a part that is filed by itself too. */
export const problemsBelow = (problems: readonly FieldProblem[], at: string): readonly FieldProblem[] =>
  problems
    .filter(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`))
    .map(({ pointer, detail }) => ({ pointer: pointer.slice(at.length), detail }));

/** Brings the field that a pointer names, or the nearest that holds it, into view and under the keyboard. */
export function focusAt(root: ParentNode, pointer: string): void {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = root.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"]`);
    if (field !== null) {
      field.focus();
      return;
    }
    if (!at.includes('/')) return;
  }
}
