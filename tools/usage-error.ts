/** What a person at the command line can mend; the message holds the remedy and is shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
