import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { insideTransaction } from '../database/database.ts'
import type { Fence } from './fence.ts'
import type { Resolve } from './resolve.ts'
import { sendOut } from './send.ts'
import { TEST_CERTIFICATE } from './test-certificate.test-support.ts'

const closed: Fence = { privateNetworks: false, ports: 'any' }
const opened: Fence = { privateNetworks: true, ports: 'any' }

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string; servername: unknown }
type Answer = (response: ServerResponse, request: IncomingMessage) => void

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

/** A real server that keeps what it was asked. */
async function receiver(answer: Answer = (response) => response.end('ok'), secure = false) {
  const seen: Seen[] = []
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { socket } = request
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
        servername: 'servername' in socket ? socket.servername : undefined,
      })
      answer(response, request)
    })
  }
  const port = await listen(secure ? createSecureServer(TEST_CERTIFICATE, handle) : createServer(handle))
  return { port, seen }
}

function post(
  url: string,
  {
    fence = opened,
    resolve,
    timeoutMs = 3_000,
  }: { fence?: Fence; resolve?: Resolve; timeoutMs?: number } = {},
) {
  return sendOut(
    fence,
    { url, headers: { 'content-type': 'application/json', 'x-own': '1' }, body: '{"اسم":1}', timeoutMs },
    resolve,
  )
}

describe('a request', () => {
  test('arrives as it was made, and its answer comes back', async () => {
    const { port, seen } = await receiver((response) => {
      response.writeHead(202, { 'retry-after': '7' }).end('taken')
    })
    const outcome = await post(`http://127.0.0.1:${port}/in?a=%20b`)
    expect(outcome).toMatchObject({ answered: true, status: 202, retryAfter: '7', text: 'taken' })
    expect(seen).toMatchObject([{ method: 'POST', url: '/in?a=%20b', body: '{"اسم":1}' }])
    expect(seen[0]?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-own': '1',
      'content-length': '12',
      connection: 'close',
    })
  })

  test('goes to the address that was judged, under the name of the URL', async () => {
    const { port, seen } = await receiver()
    const outcome = await post(`http://hooks.test:${port}/`, {
      resolve: () => Promise.resolve(['127.0.0.1']),
    })
    expect(outcome).toMatchObject({ answered: true, status: 200 })
    expect(seen[0]?.headers.host).toBe(`hooks.test:${port}`)
  })

  test('tries the next address of a name where nobody listens', async () => {
    const { port, seen } = await receiver()
    const outcome = await post(`http://hooks.test:${port}/`, {
      resolve: () => Promise.resolve(['127.0.0.2', '127.0.0.1']),
    })
    expect(outcome).toMatchObject({ answered: true })
    expect(seen).toHaveLength(1)
  })

  test('is never made inside a transaction', async () => {
    await expect(insideTransaction('test', () => post('http://127.0.0.1:1/'))).rejects.toThrow(
      /inside a transaction/,
    )
  })
})

describe('with a certificate', () => {
  test('the name of the URL is told, and is what the certificate must say', async () => {
    const { port, seen } = await receiver(undefined, true)
    const resolve: Resolve = () => Promise.resolve(['127.0.0.1'])
    expect(await post(`https://hooks.test:${port}/`, { resolve })).toMatchObject({ fault: 'certificate' })
    const trusted = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...trusted, TEST_CERTIFICATE.cert])
    try {
      expect(await post(`https://hooks.test:${port}/`, { resolve })).toMatchObject({
        answered: true,
        status: 200,
      })
      expect(await post(`https://other.test:${port}/`, { resolve })).toMatchObject({ fault: 'certificate' })
      expect(await post(`https://127.0.0.1:${port}/`)).toMatchObject({ fault: 'certificate' })
    } finally {
      tls.setDefaultCACertificates(trusted)
    }
    expect(seen).toMatchObject([{ servername: 'hooks.test' }])
  })
})

describe('the fence', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://127.0.0.1.:PORT/',
  ])('keeps %s from being reached', async (url) => {
    const { port, seen } = await receiver()
    expect(await post(url.replace('PORT', String(port)), { fence: closed })).toMatchObject({
      fault: 'address-refused',
    })
    expect(seen).toEqual([])
  })

  test('refuses a name that leads inside, and one that leads inside and out', async () => {
    const { port, seen } = await receiver()
    for (const addresses of [
      ['127.0.0.1'],
      ['::1'],
      ['1.1.1.1', '127.0.0.1'],
      ['127.0.0.1', '1.1.1.1'],
      ['169.254.169.254'],
      ['::ffff:127.0.0.1'],
      ['not an address'],
    ]) {
      const outcome = await post(`http://inside.test:${port}/`, {
        fence: closed,
        resolve: () => Promise.resolve(addresses),
      })
      expect(outcome).toMatchObject({ answered: false, fault: 'address-refused' })
    }
    expect(seen).toEqual([])
  })

  test('asks for a name once: a second answer, that leads inside, is never heard', async () => {
    const { port, seen } = await receiver()
    let asked = 0
    const rebinding: Resolve = () => {
      asked += 1
      // Nobody answers at the first address; a client that resolved again on connecting would land at the second.
      return Promise.resolve([asked === 1 ? '192.0.3.1' : '127.0.0.1'])
    }
    const outcome = await post(`http://rebinding.test:${port}/`, {
      fence: closed,
      resolve: rebinding,
      timeoutMs: 700,
    })
    expect(outcome.answered).toBe(false)
    expect(asked).toBe(1)
    expect(seen).toEqual([])
  })

  test('holds against a redirect inside', async () => {
    const inside = await receiver()
    const outside = await receiver((response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end()
    })
    expect(await post(`http://127.0.0.1:${outside.port}/`)).toMatchObject({ answered: true, status: 302 })
    expect(inside.seen).toEqual([])
  })

  test('refuses other ports, schemes and credentials, also when the URL was kept before they were', async () => {
    const few: Fence = { privateNetworks: true, ports: [443] }
    const { port, seen } = await receiver()
    expect(await post(`http://127.0.0.1:${port}/`, { fence: few })).toMatchObject({ fault: 'url-refused' })
    expect(await post(`ftp://127.0.0.1:${port}/`)).toMatchObject({ fault: 'url-refused' })
    expect(await post(`http://a:b@127.0.0.1:${port}/`)).toMatchObject({ fault: 'url-refused' })
    expect(seen).toEqual([])
  })
})

describe('what may go wrong has a name', () => {
  test('nobody listens, no such name', async () => {
    const { port } = await receiver()
    for (const server of servers.splice(0)) server.close()
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ fault: 'unreachable' })
    expect(await post('http://nowhere.test/', { resolve: () => Promise.resolve([]) })).toMatchObject({
      fault: 'name-unknown',
    })
  })

  test('silence ends at the time limit: in the name service, before the answer, and within its body', async () => {
    const silent = await receiver(() => undefined)
    const halting = await receiver((response) => {
      response.writeHead(200).write('first')
    })
    const began = performance.now()
    const never: Resolve = () => sleep(60_000, [], { ref: false })
    expect(await post('http://slow.test/', { resolve: never, timeoutMs: 300 })).toMatchObject({
      fault: 'timeout',
    })
    expect(await post(`http://127.0.0.1:${silent.port}/`, { timeoutMs: 300 })).toMatchObject({
      fault: 'timeout',
    })
    expect(await post(`http://127.0.0.1:${halting.port}/`, { timeoutMs: 600 })).toMatchObject({
      answered: true,
      status: 200,
      text: 'first',
    })
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test('an answer without end is not read to the end', async () => {
    let written = 0
    const { port } = await receiver((response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536
        response.once('drain', more)
      }
      more()
    })
    const outcome = await post(`http://127.0.0.1:${port}/`)
    expect(outcome.answered && outcome.text.length).toBe(4096)
    expect(written).toBeLessThan(64 * 1024 * 1024)
  })

  test('a server that would rather speak another protocol', async () => {
    const port = await listen(
      createSocketServer((socket) =>
        socket.once('data', () =>
          socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
        ),
      ),
    )
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ fault: 'broken-off' })
  })

  test('a server that hangs up, or that speaks something else', async () => {
    const hanging = await listen(createSocketServer((socket) => socket.once('data', () => socket.destroy())))
    expect(await post(`http://127.0.0.1:${hanging}/`)).toMatchObject({ fault: 'broken-off' })
    const greeting = await listen(createSocketServer((socket) => socket.end('220 mail.test ESMTP\r\n')))
    expect(await post(`http://127.0.0.1:${greeting}/`)).toMatchObject({ fault: 'broken-off' })
  })
})
