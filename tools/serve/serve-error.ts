/** A fault that whoever starts the viewer can mend; the message holds the remedy and is shown as it is. */
export class ServeError extends Error {
  override readonly name = 'ServeError';
}
