import { join } from 'node:path'
import S3rver from 's3rver'
import { rememberParts } from '../../src/platform/files/s3-parts.test-support.ts'
import { freePort } from './free-port.ts'

const BUCKET = 'rafid-test'

/** Storage that speaks as S3 does, on a free port, its files below `folder`. The caller closes it. */
export async function startStorage(
  folder: string,
): Promise<{ env: Record<string, string>; close: () => Promise<void> }> {
  const storage = new S3rver({
    address: '127.0.0.1',
    port: await freePort(),
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: BUCKET, configs: [] }],
  })
  const { port } = await storage.run()
  const front = rememberParts(port)
  const frontPort = await freePort()
  await new Promise<void>((resolve) => front.listen(frontPort, '127.0.0.1', resolve))
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${frontPort}`,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_FORCE_PATH_STYLE: 'true',
    },
    close: async () => {
      front.closeAllConnections()
      front.close()
      await storage.close()
    },
  }
}
