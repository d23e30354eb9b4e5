import { isMendable } from './mendable';

/** Runs a command-line tool: what a person can mend is told in a sentence, everything else with its stack; both end with status 1. */
export async function runTool(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(isMendable(error) ? error.message : error);
    process.exitCode = 1;
  }
}
