/** The type of a test event that stands for nothing. */
export const TEST_TYPE = 'webhook.test'
