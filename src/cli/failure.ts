import { jsonOf, type Answer } from './call.js';
import { printable } from './printable.js';
import type { Guard } from './wire.js';

/** RFC 9457 problem details, as far as a person at a terminal needs them. */
export interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly rule: string; readonly detail: string }[];
}

/** Refused or failed: exit code 1, the problem shown. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    readonly problem: Problem,
    options?: { readonly cause?: unknown },
  ) {
    super(problem.detail ?? problem.title ?? 'failed', options);
  }
}

export const failed = (detail: string, cause?: unknown): CommandFailed =>
  new CommandFailed({ title: 'Not done', detail }, { cause });

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && ('detail' in body || 'title' in body);

/** Hands the answer on where it is a success, and throws what it says where it is not. */
export const accepted = (answer: Answer): Answer => {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const body = jsonOf(answer.text);
  if (isProblem(body)) throw new CommandFailed(body);
  const said = answer.text.trim().slice(0, 200);
  throw failed(`The service answered ${answer.status}${said === '' ? '' : `: ${said}`}`);
};

/** The body of an answer, where it is one of those asked for. */
export const bodyOf = <Body>(answer: Answer, isBody: Guard<Body>): Body => {
  const body = jsonOf(answer.text);
  if (isBody(body)) return body;
  throw failed(`The service answered ${answer.status} with something else than was asked for`);
};

const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);

/** The problem as sentences: what is wrong, then each field with the rule that it breaks. */
export const problemText = (problem: Problem): string => {
  const { title = '', detail = '' } = problem;
  const parts = [title, detail].filter((part, place, all) => part !== '' && all.indexOf(part) === place);
  const lines = [parts.map((part) => sentence(printable(part))).join(' ')];
  for (const error of problem.errors ?? []) {
    const where = error.pointer === '' ? 'the whole' : error.pointer;
    lines.push(`  ${printable(where)}: ${printable(error.detail)} (${printable(error.rule)})`);
  }
  return `${lines.join('\n')}\n`;
};
