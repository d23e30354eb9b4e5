import type { Host } from '../host/host';
export async function exportSegmentation(
  _host: Host,
  _viewportId: string | null,
  _algorithm: string,
): Promise<void> {
  await Promise.resolve();
}
