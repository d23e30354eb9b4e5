import { parseEvaluateArguments } from '../../tools/evaluate/arguments';
import { UsageError } from '../../tools/usage-error';

describe('the arguments of npm run evaluate', () => {
  it.each([
    ['no data', [], 'Name the data with --data'],
    ['an unknown option', ['--dta', 'x'], '--dta'],
    ['an unknown method', ['--data', 'x', '--methods', 'magic'], '--methods knows spa, clicks, mean'],
    ['a profile of methods', ['--data', 'x', '--profile', '--methods', 'spa'], 'leave out --profile'],
    ['following with a first prompt', ['--data', 'x', '--follow', '--first', 'box'], 'leave out --follow'],
    ['--after with --follow', ['--data', 'x', '--follow', '--after', '3'], '--after belongs to --profile'],
    ['two measurements', ['--data', 'x', '--follow', '--profile'], 'one by one'],
    [
      'calibration of methods',
      ['--data', 'x', '--calibration', '--methods', 'spa'],
      'leave out --calibration',
    ],
    ['--after alone', ['--data', 'x', '--after', '3'], '--after belongs to --profile'],
    ['no case at all', ['--data', 'x', '--limit', '0'], '--limit must be a whole number from 1 on'],
  ])('are refused in a sentence for %s', (_what, options, words) => {
    const parse = () => parseEvaluateArguments(options);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(words);
  });

  it('may ask for help whatever else is missing', () => {
    expect(parseEvaluateArguments(['--help'])).toBe('help');
  });

  it('are taken for all methods on the shipped bundle where they say nothing else', () => {
    expect(parseEvaluateArguments(['--data', 'x'])).toMatchObject({
      bundle: 'models/default',
      measurement: { kind: 'cases' },
      methods: ['spa', 'clicks', 'mean'],
      seed: 1,
      json: false,
    });
  });
});
