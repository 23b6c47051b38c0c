import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { DomainError } from '../../../platform/errors.ts'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { limitByAddress } from '../../../platform/http/guard.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder, forPerson, forSignedIn } from '../../../platform/http/rights.ts'
import { listWorkspaces } from '../operations/get-session.ts'
import { createWorkspace, type WorkspaceParts } from '../operations/open-workspace.ts'
import { isSetUp, setUpInstance } from '../operations/set-up-instance.ts'
import {
  membershipSchema,
  newWorkspaceSchema,
  openedWorkspaceSchema,
  setUpDoneSchema,
  setUpSchema,
  setUpStateSchema,
  type SignIn,
} from '../schema.ts'
import { signInBrowser } from './browser.ts'

const stateRoute = createRoute({
  method: 'get',
  path: '/setup',
  ...forAnybody,
  tags: ['Set-up'],
  summary: 'Whether the installation has its owner',
  responses: { 200: answer(setUpStateSchema, 'Done or not.') },
})

const setUpRoute = createRoute({
  method: 'post',
  path: '/setup',
  ...forKeyHolder,
  tags: ['Set-up'],
  summary: 'Make the owner and the first store',
  description:
    'Wants the token of the set-up link, which the server shows at its first start and keeps in `DATA_DIR/setup-link` until it is used. Works once. The caller is signed in, and gets an API token with every right.',
  request: { body: jsonBody(setUpSchema) },
  responses: {
    201: answer(setUpDoneSchema, 'Set up and signed in.'),
    ...refusals('setup-link-invalid', 'already-set-up', 'store-slug-taken'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/workspaces',
  ...forSignedIn,
  tags: ['Workspaces'],
  summary: 'Your workspaces',
  description: 'All workspaces of the person, in the order in which they joined; a token sees its own only.',
  responses: { 200: answer(z.object({ items: z.array(membershipSchema) }), 'The workspaces.') },
})

const openRoute = createRoute({
  method: 'post',
  path: '/workspaces',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Open another workspace with an empty store',
  description: 'For signed-in people; a token is of one workspace and can open none.',
  request: { body: jsonBody(newWorkspaceSchema) },
  responses: {
    201: answer(openedWorkspaceSchema, 'The new workspace.'),
    ...refusals('store-slug-taken'),
  },
})

/** First start, and further workspaces. */
export function setUpApi(parts: WorkspaceParts): OpenAPIHono<Env> {
  const api = createRouter()
  api.use('/setup', limitByAddress({ points: 60, seconds: 600 }))

  api.openapi(stateRoute, async (c) => c.json({ done: await isSetUp(c.get('ctx')) }, 200))

  api.openapi(setUpRoute, async (c) => {
    const input = c.req.valid('json')
    const done = await setUpInstance(c.get('ctx'), input, parts)
    c.header('cache-control', 'no-store')
    await signInIfPossible(c, input)
    return c.json(done, 201)
  })

  api.openapi(listRoute, async (c) => c.json({ items: await listWorkspaces(c.get('ctx')) }, 200))

  api.openapi(openRoute, async (c) => {
    return c.json(await createWorkspace(c.get('ctx'), c.req.valid('json'), parts), 201)
  })

  return api
}

/** Set-up cannot be repeated, so its answer must arrive even where the browser could not be signed in. */
async function signInIfPossible(c: HttpContext, person: SignIn): Promise<void> {
  try {
    await signInBrowser(c, person)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}
