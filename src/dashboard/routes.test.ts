import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { SCREENS } from '../../test/e2e/screens.ts'
import { createScreens } from './routes.ts'

test('every address has its place in the walk through all screens', () => {
  const plain = (path: string) => (path === '/' ? path : path.replace(/\/$/, ''))
  const known = Object.keys(createScreens(new QueryClient()).routesByPath).map(plain)
  expect([...new Set(known)].toSorted()).toEqual(Object.keys(SCREENS).toSorted())
})
