/** Data that no row of can be read: the whole job fails with `InvalidBatch : …` as its error message. */
export class InvalidBatch extends Error {
  constructor(reason: string) {
    super(`InvalidBatch : ${reason}`);
  }
}

/** A fault of the client's that is not about one batch: `ClientInputError : …`. */
export class ClientInputError extends Error {
  constructor(reason: string) {
    super(`ClientInputError : ${reason}`);
  }
}
