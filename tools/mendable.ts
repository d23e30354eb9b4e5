import { SpaError } from '../extension/src/core/error';
import { ChromiumMissingError } from './find-chromium.mjs';
import { SetupError } from './setup-error.mjs';
import { UsageError } from './usage-error';

/** Whether who gave the command can mend it, and its message says how; all else is a fault of the program. */
export function isMendable(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof SpaError ||
    error instanceof SetupError ||
    error instanceof ChromiumMissingError
  );
}
