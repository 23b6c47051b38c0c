import type pg from 'pg'

/** The part of pg's connection that copying needs; its types name none of it. */
type Wire = {
  query(text: string): void
  stream: {
    pause(): void
    resume(): void
    once(event: 'drain', listener: () => void): void
    writableNeedDrain: boolean
  }
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/** Pieces that hold whole rows are given on when they have reached this size. */
const PIECE_BYTES = 1024 * 1024
/** So many pieces may wait to be taken before the server is made to wait. */
const MOST_WAITING = 4

/** Rows of a table in PostgreSQL's text form of COPY: always whole rows. */
export type Piece = { rows: number; bytes: Buffer }

/**
 * Streams what `COPY … TO STDOUT` gives, in pieces of whole rows of about a megabyte. The server waits while the reader
 * is behind, so memory is bounded whatever the table's size. The connection is free again when it has ended.
 */
export async function* copyOut(client: pg.ClientBase, text: string): AsyncGenerator<Piece, void> {
  const state: OutState = {
    waiting: [],
    held: [],
    heldBytes: 0,
    ended: false,
    failure: undefined,
    wake: () => undefined,
  }
  // pg takes any object with these functions as a query; its types know only its own.
  client.query(outgoing(text, state) as unknown as pg.Submittable)
  try {
    for (;;) {
      const next = state.waiting.shift()
      if (next !== undefined) {
        if (state.waiting.length === 0) state.wire?.stream.resume()
        yield next
      } else if (state.failure !== undefined) throw state.failure
      else if (state.ended) return
      else await new Promise<void>((resolve) => (state.wake = resolve))
    }
  } finally {
    // A reader that gives up closes the connection, which must not stay paused.
    state.wire?.stream.resume()
  }
}

type OutState = {
  waiting: Piece[]
  held: Buffer[]
  heldBytes: number
  ended: boolean
  failure: unknown
  wake: () => void
  wire?: Wire
}

function outgoing(text: string, state: OutState) {
  const pass = () => {
    if (state.held.length === 0) return
    state.waiting.push({ rows: state.held.length, bytes: Buffer.concat(state.held) })
    state.held = []
    state.heldBytes = 0
    if (state.waiting.length >= MOST_WAITING) state.wire?.stream.pause()
    state.wake()
  }
  return {
    submit(connection: Wire): void {
      state.wire = connection
      connection.query(text)
    },
    handleCopyData({ chunk }: { chunk: Buffer }): void {
      // One message is one row; its bytes belong to a buffer that is used again.
      state.held.push(Buffer.from(chunk))
      state.heldBytes += chunk.byteLength
      if (state.heldBytes >= PIECE_BYTES) pass()
    },
    handleCommandComplete: () => undefined,
    handleError(error: unknown): void {
      state.failure = error
      state.wake()
    },
    handleReadyForQuery(): void {
      pass()
      state.ended = true
      state.wake()
    },
  }
}

/** Feeds `COPY … FROM STDIN` with pieces; the number of rows that the server took. @throws what the server refused. */
export function copyIn(
  client: pg.ClientBase,
  text: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(incoming(text, pieces, { resolve, reject }) as unknown as pg.Submittable)
  })
}

type Ends = { resolve: (rows: number) => void; reject: (error: unknown) => void }

function incoming(text: string, pieces: AsyncIterable<Uint8Array>, { resolve, reject }: Ends) {
  let failure: unknown
  let rows = 0
  let refused = false
  const feed = async (wire: Wire) => {
    try {
      for await (const piece of pieces) {
        if (refused) return
        wire.sendCopyFromChunk(piece)
        if (wire.stream.writableNeedDrain) await new Promise<void>((go) => wire.stream.once('drain', go))
      }
      wire.endCopyFrom()
    } catch (error) {
      failure = error
      wire.sendCopyFail('the source failed')
    }
  }
  return {
    submit: (connection: Wire) => connection.query(text),
    handleCopyInResponse: (connection: Wire) => void feed(connection),
    handleCommandComplete({ text: tag }: { text: string }): void {
      rows = Number(tag.split(' ')[1] ?? 0)
    },
    handleError(error: unknown): void {
      refused = true
      failure ??= error
    },
    handleReadyForQuery(): void {
      if (failure === undefined) resolve(rows)
      else reject(failure)
    },
  }
}
