import { reasonOf } from '../../extension/src/core/error';
import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error';
import { quick, thorough, type Repetitions } from './measurement';

export interface BenchOptions {
  readonly bundle: string;
  readonly json: boolean;
  readonly repetitions: Repetitions;
  /** Rounds of the memory check; null leaves it out. */
  readonly rounds: number | null;
}

/** After this many rounds every cache is full; what comes later must not add to the memory. */
export const settledRounds = 20;

export const usage = `npm run bench [-- --bundle DIR] [--quick] [--rounds N] [--json]

Measures a bundle in Node (onnxruntime-node) and in headless Chromium, on each backend that works there: wasm with one
thread, wasm with two, WebGPU where there is a graphics card. The page asks the worker as the viewer does, on a slice of
512 x 512 pixels.

  --bundle  folder of the bundle (default: models/default)
  --quick   one start and one session instead of 3 and 5: for models of which one look at an image takes many seconds
  --rounds  measures the memory of page and worker after round ${settledRounds} and after round N as well
  --json    one JSON object on standard output, everything else on standard error

loadMs         runtime and bundle from the local server until the first request may come; median of 3 fresh workers
firstRoundMs   from the click to the first masks, the looks at the field of view included; nothing is cached and the
               code has not run before; median of the same 3 workers
roundMs        later rounds of sessions of 7 rounds: choices and clicks in turn
encoderMs      the encoder once
publishedRoundMs  a later round as the published program works: the encoder again, then 48 decodes one by one, each
               from features and prompts to one mask (prompt stage and head for one latent)
ratio          publishedRoundMs / median of roundMs
peakMB         browser: the most that performance.measureUserAgentSpecificMemory saw, page and worker; Node: the
               largest resident set of the process`;

/** Throws a `UsageError` that says what is wrong. */
export function parseBenchArguments(argv: readonly string[]): BenchOptions | 'help' {
  const values = parse(argv);
  if (values.help === true) return 'help';
  return {
    bundle: values.bundle ?? 'models/default',
    json: values.json ?? false,
    repetitions: values.quick === true ? quick : thorough,
    rounds: values.rounds === undefined ? null : manyRounds(values.rounds),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        bundle: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'boolean' },
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${reasonOf(error)} See --help.`);
  }
}

function manyRounds(text: string): number {
  const rounds = Number(text);
  if (!Number.isSafeInteger(rounds) || rounds <= settledRounds) {
    throw new UsageError(`--rounds must be a whole number above ${settledRounds}, and is "${text}".`);
  }
  return rounds;
}
