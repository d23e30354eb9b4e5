import { problems, type ProblemCode } from '../text';

/**
 * A fault that a user can meet. Its text, with the remedy, stands in `text.ts`, so that it can be translated; the code
 * travels across the worker boundary and is what tests hold on to.
 */
export class SpaError extends Error {
  override readonly name = 'SpaError';
  /** What is wrong; `message` is this and the remedy. */
  readonly problem: string;
  readonly remedy: string;

  constructor(
    readonly code: ProblemCode,
    /** Values that the text names: a file, a size, a modality. */
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    const text = problems[code](details);
    super(`${text.message} ${text.remedy}`, options);
    this.problem = text.message;
    this.remedy = text.remedy;
  }
}

/** What was thrown, in words: anything can be. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
