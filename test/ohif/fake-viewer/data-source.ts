import type { DataSource, DataSourceDefinition } from '../../../extension/src/ohif/host/host-types';

/** Where the images come from. */
export class FakeDataSource {
  /** What the deployment says of it. */
  configuration: NonNullable<DataSourceDefinition['configuration']> = {
    wadoRoot: 'http://localhost/dicomweb',
  };
  /** Whether files can be sent there. */
  stores = true;
  /** Sizes of the files that it was sent, in bytes. */
  readonly stored: number[] = [];

  source(): DataSource {
    return this.stores ? { store: { dicom: this.takeFile } } : {};
  }

  definition(): DataSourceDefinition {
    return { configuration: this.configuration };
  }

  private readonly takeFile = async (file: ArrayBuffer): Promise<void> => {
    this.stored.push(file.byteLength);
  };
}
