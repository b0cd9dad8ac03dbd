/** An answer other than success, in one of the vendor's several shapes. */
export class VendorError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`answered with ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** 404 (or another status, where the vendor is odd) with the vendor's own name for the model. */
export function noResult(model: string, id: string | number, status = 404): VendorError {
  return new VendorError(status, { message: `No Result found for ${model} with id ${id}` });
}

/** 422 in the list form, pointing at the attribute. */
export function invalid(title: string, code: string, attribute: string): VendorError {
  return new VendorError(422, {
    errors: [{ title, detail: '', code, source: { pointer: `/data/attributes/${attribute}` } }],
  });
}

/** Errors with a status inside: `{errors:[{status, title, detail}]}`. */
export function titled(status: number, title: string, detail: string): VendorError {
  return new VendorError(status, { errors: [{ status, title, detail }] });
}

export function missingAttribute(attribute: string): VendorError {
  return new VendorError(422, {
    errors: [
      { status: 422, title: 'Missing attribute', source: { pointer: `/data/attributes/${attribute}` } },
    ],
  });
}

export function forbidden(message = 'Forbidden'): VendorError {
  return new VendorError(403, { message });
}

/** What a fault of the sandbox's control door answers with when it names no body of its own. */
export function faultBody(status: number): unknown {
  if (status === 429) return { message: 'Too Many Requests' };
  if (status === 403) return { message: 'Forbidden' };
  if (status >= 500)
    return { message: 'Could not process request', error: 'Service temporarily unavailable' };
  return { message: 'Bad Request' };
}
