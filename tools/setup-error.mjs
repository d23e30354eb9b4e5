/** Something that must be there before the project can run is not; the message holds the remedy and is shown as it is. */
export class SetupError extends Error {
  name = 'SetupError';
}
