import { parseOptions } from '../../tools/start/options.mjs';

describe('The options of npm start', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toEqual({ help: false, port: 3000, host: '3.13.2', address: '127.0.0.1' });
  });

  it('are read in both spellings', () => {
    expect(
      parseOptions(['--data', 'a b', '--port=3100', '--host', '3.12.10', '--bundle', 'https://x/y']),
    ).toEqual({
      help: false,
      port: 3100,
      host: '3.12.10',
      address: '127.0.0.1',
      data: 'a b',
      bundles: ['https://x/y'],
    });
  });

  it('name several bundles one by one or in a list', () => {
    expect(parseOptions(['--bundle', 'a', '--bundle', 'b, https://x/y']).bundles).toEqual([
      'a',
      'b',
      'https://x/y',
    ]);
  });

  it.each([
    ['a list of no bundles', ['--bundle', ','], /--bundle needs a value/],
    ['an unknown one', ['--prot', '3100'], /--prot/],
    ['a bare word', ['scans'], /--data scans/],
    ['one without its value', ['--data'], /--data/],
    ['one with an empty value', ['--data='], /--data needs a value/],
    ['a port that is none', ['--port', '80a'], /--port needs a number/],
    ['a port out of range', ['--port', '65536'], /--port needs a number/],
    ['a viewer that was not tried', ['--host', '0.0.0.0'], /--address/],
  ])('refuse %s and list those that there are', (_, given, message) => {
    expect(() => parseOptions(given)).toThrow(message);
    expect(() => parseOptions(given)).toThrow(/--bundle DIR/);
  });
});
