import type { S3 } from '@aws-sdk/client-s3'
import type { S3Config } from '../config.ts'

/** The settings that the client takes. */
export function clientSettings(config: S3Config) {
  return {
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Checksums in trailers are understood by AWS alone; its own default would break other storage.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
    ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
  }
}

/** Whether storage said that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ['NotFound', 'NoSuchKey', 'NoSuchUpload'].includes(error.name)
}

/** Loads the client, which is large, and makes one. */
export async function openClient(config: S3Config): Promise<S3> {
  const { S3: Client } = await import('@aws-sdk/client-s3')
  return new Client(clientSettings(config))
}
