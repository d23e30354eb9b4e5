import { problems, type ProblemCode } from '../text';

/**
 * A fault that a user can meet. Its text, with the remedy, stands in `text.ts`, so that it can be translated; the code
 * travels across the worker boundary and is what tests hold on to.
 */
export class SpaError extends Error {
  override readonly name = 'SpaError';
  readonly remedy: string;

  constructor(
    readonly code: ProblemCode,
    /** Values that the text names: a file, a size, a modality. */
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    const text = problems[code](details);
    super(`${text.message} ${text.remedy}`, options);
    this.remedy = text.remedy;
  }
}
