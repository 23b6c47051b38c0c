import { assert } from '../errors.ts'

const KEY = /^[0-9a-zA-Z_-]+(?:\/[0-9a-zA-Z_-]+(?:\.[0-9a-z]+)?)+$/

/** Stops anything that is not a key made by the program; the second fence behind never taking keys from people. */
export function checkKey(key: string): string {
  assert(key.length <= 300 && KEY.test(key), 'a storage key is made of words and slashes')
  return key
}
