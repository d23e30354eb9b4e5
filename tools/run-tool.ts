import { SpaError } from '../extension/src/core/error';
import { ChromiumMissingError } from './find-chromium.mjs';
import { SetupError } from './setup-error.mjs';
import { UsageError } from './usage-error';

/** Runs a command-line tool: what a person can mend is told in a sentence, everything else with its stack; both end with status 1. */
export async function runTool(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const mendable =
      error instanceof UsageError ||
      error instanceof SpaError ||
      error instanceof SetupError ||
      error instanceof ChromiumMissingError;
    console.error(mendable ? error.message : error);
    process.exitCode = 1;
  }
}
