import { beforeEach, describe, expect, it } from '@jest/globals';
import { Saving } from '../../../extension/src/ohif/controller/saving';
import { WorkStore } from '../../../extension/src/ohif/controller/work-store';
import { FakeViewer } from '../fake-viewer/viewer';

describe('a segmentation that is being stored when the mode is left', () => {
  const notices: { readonly message: string; readonly type: string }[] = [];
  let viewer: FakeViewer;
  let state: WorkStore;
  let saving: Saving;
  let refuse: (error: Error) => void;

  /** Resolves when the file is on its way. */
  function sent(): Promise<void> {
    return new Promise(resolve => {
      viewer.host.storeDicom = () =>
        new Promise((_, reject) => {
          refuse = reject;
          resolve();
        });
    });
  }

  beforeEach(() => {
    viewer = new FakeViewer(1);
    viewer.metadata.set('instance image-0', { SOPInstanceUID: '1.2.3', SeriesInstanceUID: '1.2.2' });
    viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
    viewer.images.get('own/image-0')?.getPixelData().fill(1, 20, 21);
    notices.length = 0;
    Object.assign(viewer.host.services, {
      uiNotificationService: { show: (notice: (typeof notices)[number]) => void notices.push(notice) },
    });
    state = new WorkStore(1);
    saving = new Saving(
      viewer.host,
      state,
      () => () => undefined,
      () => null,
    );
  });

  it('is not lost without a word where the server refuses it, and ends no other one that is being stored since', async () => {
    const first = sent();
    const stored = saving.store();
    await first;
    const refuseFirst = refuse;
    saving.leave();
    state.change({ storing: false });
    const second = sent();
    void saving.store();
    await second;
    refuseFirst(new Error('out of order'));
    await stored;
    expect(notices).toEqual([expect.objectContaining({ type: 'error' })]);
    expect(notices[0]?.message).toContain('out of order');
    expect(notices[0]?.message).not.toContain('Export SEG');
    expect(state.now).toMatchObject({ fault: null, storing: true });
  });
});
