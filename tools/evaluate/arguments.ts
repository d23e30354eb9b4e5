import { reasonOf } from '../../extension/src/core/error';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { methodNames, type CaseOptions, type MethodName } from './case-run';
import { targetKinds, type TargetKind } from './cases';
import { firstPrompts } from './simulated-user';
import { UsageError } from '../usage-error';

/**
 * What is measured: single cases, or what the preference learnt on as many cases as `after` says (ascending) is worth on others, or what
 * following a structure to the neighbouring image is, or whether probabilities mean what they say.
 */
type Measurement =
  | { readonly kind: 'cases' }
  | { readonly kind: 'profile'; readonly after: readonly number[] }
  | { readonly kind: 'follow' }
  | { readonly kind: 'calibration' };

export interface EvaluateOptions extends CaseOptions {
  readonly bundle: string;
  readonly data: string;
  /** Number of cases at most. */
  readonly limit: number | null;
  readonly seed: number;
  readonly target: TargetKind;
  readonly measurement: Measurement;
  readonly json: boolean;
  /** Processes that work side by side. */
  readonly jobs: number;
}

export const usage = `npm run evaluate -- --data FILE.npz [--bundle DIR] [--limit N] [--seed S] [--target reader|agreeing]
                    [--first click|box|scribble] [--methods spa,clicks,mean] [--contradict] [--jobs N] [--json]
npm run evaluate -- --profile [--after 1,2,3,5,10] --data FILE.npz [--bundle DIR] [--limit N] [--seed S] [--jobs N] [--json]
npm run evaluate -- --follow --data FILE.npz [--bundle DIR] [--limit N] [--seed S] [--jobs N] [--json]
npm run evaluate -- --calibration --data FILE.npz [--bundle DIR] [--limit N] [--seed S] [--jobs N] [--json]

Lets a simulated user work with a bundle, on the shipped engine over onnxruntime-node.

  --data     masks of several readers (masks_packed) or a label image (label), as npz
  --bundle   folder of the bundle (default: models/default)
  --limit    a random part of the cases (with --profile: of the sittings, with --follow: of the pairs), chosen by the
             seed (default: all)
  --seed     chooses reader, cases and samples; the same seed gives the same numbers (default: 1)
  --target   reader: what one reader drew. agreeing: the majority of the readers who agree at a pixel on which
             readers disagree (default: reader)
  --first    with what the user starts: a click, a box around the target, or a line through its middle (default: click)
  --methods  spa: takes the best candidate if it beats the recommended mask, else clicks the error
             clicks: always clicks the error, candidates are ignored
             mean: the first recommended mask as it is; nothing is answered, nothing learnt
             (default: all three)
  --contradict  when the first of the methods has come to its end the user goes back on what was said: takes away the
             pixel of the first click, then the deepest of what is left, and adds the first one again
  --profile  measures what the learnt preference is worth on further cases of the same reader, instead of single cases
  --after    after how many cases of that reader (default: 1,2,3,5,10)
  --follow   measures what it is worth to follow a structure to the neighbouring image, instead of single cases
  --calibration  measures whether first proposals are as probable as they say, pixel by pixel
  --jobs     processes side by side (default: all cores but one)
  --json     one JSON object on standard output, everything else on standard error

A case is a slice with one reader who drew at least 12 pixels (label data: each label of at least 12 pixels). The first
click is the point deepest inside the part of the target on which most readers agree. The user approves at Dice 0.9;
what was reached then stands for the rounds that are left. NoI is the first round that reaches a Dice, 10 if none of
the six does. "best" is the best Dice among recommended and candidates, "distinct" the mean 1 - IoU between candidates,
both of what the engine proposes in that round, whether or not the method's user looks at it. "obeyed" is the share of the
clicks after which the recommended mask has the clicked pixel on the side that the click said; "elsewhere" the share of the
pixels changed by clicks that lie at the other end of the structure (farther from the click than half of its longest
diameter, and nearer to the click's opposite). "cards" are the candidates of round 1, where the readers agree (mean pairwise
Dice of .8 or more) and where they do not; crumbs are cards with a part smaller than a twentieth of the mask.

--profile: a reader works through cases as the user of "spa" does, in one session, and accepts each; then the first
proposals on eight new cases of that reader are compared with those of a fresh start, in Dice points (hundredths). Reader r of the
file is one person on all images, or on those with the same number in the array readers [n]. The interval is a bootstrap over
readers (over sittings where the file has fewer than eight readers). "python -m spa_models.synthetic.generate
--readers-of 50" makes images of readers who keep their style; on readers without one nothing should be lost.

--follow: a reader works through one image as the user of "spa" does, and accepts; then the same session begins on the
image next to it in two ways: from the accepted mask, without a click, and by the reader's own first click. Beside both
stands the accepted mask, copied as it is. From both the reader works on until the mask is approved: "to 80" is the mean
number of clicks and choices until Dice .80, the first click among them, 10 where six rounds do not get there. Intervals
are a bootstrap over patients. A pair is two images of one patient and nodule whose slice numbers differ by 1, up or
down, on both of which one reader drew at least 12 pixels. The file needs the arrays slice [n] (numbers, or text whose
last digits are one, such as slice-12.png) and patient [n], and nodule [n] where a patient has several. Where nothing is
proposed, or the reader had nothing to accept, the Dice is 0.

--calibration: the probability at a pixel is what the viewer shows after the first click: how certain by the map of
uncertainty, on which side by the recommended mask. It is set against the share of the readers who drew there, of those who
drew the structure, in tenths of the probability, over all pixels of the field of view. Intervals are a bootstrap over
patients; with few patients they lie above the figure, for gaps make up for each other the less the fewer there are.`;

/** Throws a `UsageError` that says what is wrong. */
export function parseEvaluateArguments(argv: readonly string[]): EvaluateOptions | 'help' {
  const values = parse(argv);
  if (values.help === true) return 'help';
  if (values.data === undefined) {
    throw new UsageError('Name the data with --data FILE.npz; --help tells which layouts are read.');
  }
  return {
    bundle: values.bundle ?? 'models/default',
    data: values.data,
    limit: values.limit === undefined ? null : whole('--limit', values.limit, 1),
    seed: values.seed === undefined ? 1 : whole('--seed', values.seed, 0),
    target: oneOf('--target', values.target ?? 'reader', targetKinds),
    first: oneOf('--first', values.first ?? 'click', firstPrompts),
    methods: methodsOf(values.methods),
    contradict: values.contradict ?? false,
    measurement: measurementOf(values),
    json: values.json ?? false,
    jobs:
      values.jobs === undefined ? Math.max(1, availableParallelism() - 1) : whole('--jobs', values.jobs, 1),
  };
}

function methodsOf(text: string | undefined): readonly MethodName[] {
  return text?.split(',').map(method => oneOf('--methods', method.trim(), methodNames)) ?? methodNames;
}

function measurementOf(values: ReturnType<typeof parse>): Measurement {
  const [wanted, second] = (['profile', 'follow', 'calibration'] as const).filter(
    name => values[name] === true,
  );
  if (values.after !== undefined && wanted !== 'profile')
    throw new UsageError('--after belongs to --profile: give both, or neither.');
  if (wanted === undefined) return { kind: 'cases' };
  if (second !== undefined)
    throw new UsageError(`--${wanted} and --${second} are measured one by one: leave one out.`);
  const other = (['target', 'first', 'methods', 'contradict'] as const).find(
    name => values[name] !== undefined,
  );
  if (other !== undefined) {
    throw new UsageError(`--${other} is for single cases: leave it out, or leave out --${wanted}.`);
  }
  if (wanted !== 'profile') return { kind: wanted };
  const counts = (values.after ?? '1,2,3,5,10').split(',').map(text => whole('--after', text.trim(), 1));
  return { kind: 'profile', after: [...new Set(counts)].sort((a, b) => a - b) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        bundle: { type: 'string' },
        data: { type: 'string' },
        limit: { type: 'string' },
        seed: { type: 'string' },
        target: { type: 'string' },
        first: { type: 'string' },
        methods: { type: 'string' },
        contradict: { type: 'boolean' },
        profile: { type: 'boolean' },
        follow: { type: 'boolean' },
        calibration: { type: 'boolean' },
        after: { type: 'string' },
        jobs: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${reasonOf(error)} See --help.`);
  }
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || value >= 2 ** 32) {
    throw new UsageError(`${option} must be a whole number from ${least} on, and is "${text}".`);
  }
  return value;
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find(each => each === text);
  if (found === undefined)
    throw new UsageError(`${option} knows ${allowed.join(', ')}, and was given "${text}".`);
  return found;
}
