import { expect, test } from '@jest/globals';
import { FakeViewer } from '../fake-viewer/viewer';

const wadoRoot = 'http://localhost/dicomweb';

test.each([
  ['is a DICOMweb server', { wadoRoot }, true, true],
  ['says that it takes files', { supportsStow: true }, true, true],
  ['is a DICOMweb server that says it takes none', { wadoRoot, supportsStow: false }, true, false],
  ['is a list of addresses, whose method to store does nothing', {}, true, false],
  ['has no method to store', { wadoRoot }, false, false],
])('a file can be stored or not where the data source %s', async (_, configuration, stores, expected) => {
  const viewer = new FakeViewer();
  Object.assign(viewer.dataSource, { configuration, stores });
  expect(viewer.host.canStoreDicom()).toBe(expected);
  const storing = viewer.host.storeDicom(new ArrayBuffer(3));
  await (expected ? storing : expect(storing).rejects.toThrow('takes no files'));
  expect(viewer.dataSource.stored).toEqual(expected ? [3] : []);
});
