import { describeStart } from '../../tools/serve/start-report';
import { StudyIndex } from '../../tools/serve/study-index';

const report = (overrides: Partial<Parameters<typeof describeStart>[0]> = {}, scan = {}) =>
  describeStart({
    server: {
      url: 'http://127.0.0.1:3000/',
      port: 3000,
      scan: { index: new StudyIndex(), skipped: 0, broken: [], duplicates: [], ...scan },
    },
    wantedPort: 3000,
    address: '127.0.0.1',
    demo: false,
    data: '/data',
    milliseconds: 2345,
    ...overrides,
  });

describe('The last lines of the start', () => {
  it('say where, what and how to stop', () => {
    const text = report();
    expect(text).toContain('Open  http://127.0.0.1:3000/');
    expect(text).toContain('Serving /data: 0 studies, 0 series, 0 instances.');
    expect(text).toContain('Ready in 2.3 s. Press Ctrl+C to stop.');
    expect(text).not.toMatch(/Skipped|Left out|taken/);
  });

  it('name broken files and those that repeat another, by their place in the folder', () => {
    const text = report(
      {},
      {
        skipped: 1,
        broken: [{ path: '/data/a/cut.dcm', reason: 'It is cut off.' }],
        duplicates: [{ path: '/data/copy.dcm', first: '/data/one.dcm', sopUid: '1.2' }],
      },
    );
    expect(text).toContain('Skipped 1 file that is not DICOM.');
    expect(text).toContain('  a/cut.dcm: It is cut off.');
    expect(text).toContain('  copy.dcm has the SOP Instance UID of one.dcm (1.2)');
  });

  it('list ten broken files and count the rest', () => {
    const broken = Array.from({ length: 12 }, (_, index) => ({ path: `/data/${index}.dcm`, reason: 'cut' }));
    expect(report({}, { broken })).toMatch(/12 broken files:[\s\S]*9\.dcm: cut\n {2}and 2 more/);
  });

  it('say that the wanted port is taken', () => {
    expect(report({ wantedPort: 2999 })).toContain('Port 2999 is taken; this is the next free one.');
    expect(report({ wantedPort: 0 })).not.toContain('taken');
  });

  it('warn who opens the server to other computers', () => {
    expect(report({ address: '0.0.0.0' })).toMatch(/other computers.*HTTPS/s);
  });
});
