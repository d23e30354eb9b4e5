import type { Instance } from './dicom/instance';

export interface Series {
  readonly seriesUid: string;
  /** By SOP Instance UID. */
  readonly instances: ReadonlyMap<string, Instance>;
}

export interface Study {
  readonly studyUid: string;
  readonly series: ReadonlyMap<string, Series>;
}

interface StudyCounts {
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
}

/** What is served, in memory: studies, their series, their instances. */
export class StudyIndex {
  readonly #studies = new Map<
    string,
    {
      studyUid: string;
      series: Map<string, { seriesUid: string; instances: Map<string, Instance> }>;
    }
  >();
  readonly #bySop = new Map<string, Instance>();

  get studies(): ReadonlyMap<string, Study> {
    return this.#studies;
  }

  /** Returns null, or the instance that already has this SOP Instance UID; then nothing is added. */
  add(instance: Instance): Instance | null {
    const known = this.#bySop.get(instance.sopUid);
    if (known) return known;
    this.#bySop.set(instance.sopUid, instance);
    const { studyUid, seriesUid } = instance;
    const study = this.#studies.get(studyUid) ?? { studyUid, series: new Map() };
    this.#studies.set(studyUid, study);
    const series = study.series.get(seriesUid) ?? {
      seriesUid,
      instances: new Map<string, Instance>(),
    };
    study.series.set(seriesUid, series);
    series.instances.set(instance.sopUid, instance);
    return null;
  }

  instance(studyUid: string, seriesUid: string, sopUid: string): Instance | undefined {
    return this.#studies.get(studyUid)?.series.get(seriesUid)?.instances.get(sopUid);
  }

  counts(): StudyCounts {
    const series = [...this.#studies.values()].reduce((sum, study) => sum + study.series.size, 0);
    return { studies: this.#studies.size, series, instances: this.#bySop.size };
  }
}
