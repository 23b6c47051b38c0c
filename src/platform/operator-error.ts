/** What the operator can mend: the message is one sentence that says what it is, and nobody wants a stack. */
export class OperatorError extends Error {}
